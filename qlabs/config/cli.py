"""The `qlabs` command: every management command, with hyphens allowed in its name."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qlabs.config.settings")
    program, *words = sys.argv
    if words and not words[0].startswith("-"):
        words[0] = words[0].replace("-", "_")
    try:
        execute_from_command_line([program, *words])
    except ImproperlyConfigured as problem:
        sys.exit(f"Q Labs cannot start. {problem}")


if __name__ == "__main__":
    main()
