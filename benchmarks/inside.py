"""Acts inside an installation, with its database: JSON on standard input, JSON out."""

import json
import os
import sys

ACTS = ("measure_pages", "burst_scene", "proposed", "plain_ballot", "upload_scene")


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qlabs.config.settings")
    import django  # noqa: PLC0415 - after its settings are named

    django.setup()
    from benchmarks import scenes  # noqa: PLC0415 - needs the apps

    act = sys.argv[1]
    if act not in ACTS:
        raise SystemExit(f"no act {act}")
    print(json.dumps(getattr(scenes, act)(**json.load(sys.stdin))))


if __name__ == "__main__":
    main()
