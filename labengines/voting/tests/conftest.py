"""A published file, and the two programs that count it again."""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from labengines.voting.tests import boxes

SCRIPT = Path(__file__).parents[3] / "scripts" / "recount.py"
NODE = shutil.which("node")


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("recount", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def recount(script, tmp_path, capsys, monkeypatch):
    """Runs the script on a file; returns (exit status, the lines it printed)."""

    def run(book, *options):
        path = tmp_path / "ballot.json"
        path.write_bytes(book if isinstance(book, bytes) else json.dumps(book).encode())
        monkeypatch.setattr(sys, "argv", ["recount.py", str(path), *options])
        status = script.main()
        return status, capsys.readouterr().out.splitlines()

    return run


@pytest.fixture
def second(tmp_path):
    """The same file through a second program, in another language."""
    if NODE is None:
        pytest.skip("Node is not installed")

    def run(book):
        path = tmp_path / "ballot.json"
        path.write_text(json.dumps(book))
        command = [NODE, str(Path(__file__).parent / "recount.mjs"), str(path)]
        return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)

    return run


@pytest.fixture(scope="module")
def book():
    return boxes.book_of(boxes.CHOICES)
