"""`python -m labtools`, where the command is not installed."""

import sys

from labtools.cli import main

if __name__ == "__main__":
    sys.exit(main())
