"""Write the galleries into a folder: two pages, and pictures/*/*.svg for a page and a phone."""

import sys
from pathlib import Path

from labcharts.gallery.pages import pages


def main(folder):
    for name, text in pages().items():
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
