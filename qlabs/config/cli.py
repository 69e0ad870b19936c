"""The `qlabs` command: every management command, with hyphens allowed in its name."""

import os
import sys

try:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
except ModuleNotFoundError as missing:
    MISSING = missing.name
else:
    MISSING = ""

NOT_INSTALLED = (
    "The platform needs packages that are not installed ({} is missing). The engines and charts work without them: "
    "see `labtools --help`. For the platform run: pip install 'qlabs[platform]'"
)
INTERRUPTED = 130  # what a shell says of a command that Ctrl-C ended


def main():
    if MISSING:
        sys.exit(NOT_INSTALLED.format(MISSING))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qlabs.config.settings")
    program, *words = sys.argv
    if words and not words[0].startswith("-"):
        words[0] = words[0].replace("-", "_")
    try:
        execute_from_command_line([program, *words])
    except ImproperlyConfigured as problem:
        sys.exit(f"Q Labs cannot start. {problem}")
    except ModuleNotFoundError as problem:
        if problem.name.startswith("qlabs"):
            raise
        sys.exit(NOT_INSTALLED.format(problem.name))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
