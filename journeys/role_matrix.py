"""`python -m journeys.role_matrix` writes role_matrix.csv anew; read what changed before you commit it."""

import os
import sys

import pytest

if __name__ == "__main__":
    os.environ["QLABS_WRITE_ROLE_MATRIX"] = "1"
    sys.exit(
        pytest.main(["journeys/test_role_matrix.py", "-q", "-p", "no:randomly", "-k", "test_write_the_table"])
    )
