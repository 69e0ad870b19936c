"""The table of who may open what. `python -m journeys.role_matrix` writes it anew: read what changed, then commit."""

import csv
import os
import sys
from pathlib import Path

import pytest

TABLE = Path(__file__).with_name("role_matrix.csv")
WRITE = "QLABS_WRITE_ROLE_MATRIX"


def expected():
    """{(url name, case, method): {role: cell}} as the table says."""
    if not TABLE.exists():
        return {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row.pop("url"), row.pop("case"), row.pop("method")): row for row in csv.DictReader(file)}


if __name__ == "__main__":
    os.environ[WRITE] = "1"
    sys.exit(
        pytest.main(["journeys/test_role_matrix.py", "-q", "-p", "no:randomly", "-k", "test_write_the_table"])
    )
