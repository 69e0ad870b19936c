"""Engines, pictures and commands need NumPy, SciPy and Python's own library, and nothing else."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REFUSING = """
import sys

ALLOWED = set(sys.stdlib_module_names) | {"numpy", "scipy", "labengines", "labcharts", "labtools"}


class Refuse:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in ALLOWED and not top.startswith("_"):
            raise ModuleNotFoundError(f"{name} is not there")


sys.meta_path.insert(0, Refuse())
"""
EVERYTHING = """
import importlib
import pkgutil

for package in ("labengines", "labcharts", "labtools"):
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        if "tests" not in module.name.split("."):
            importlib.import_module(module.name)
"""


def alone(program, *arguments, given=""):
    """Run Python text where every other package is refused."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", REFUSING + program, *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_core_depends_on_two_packages():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [re.match(r"[\w-]+", need).group() for need in project["dependencies"]] == ["numpy", "scipy"]


def test_every_module_imports_with_nothing_else_there():
    found = alone(EVERYTHING)
    assert (found.stdout, found.stderr) == ("", "")


def test_another_package_would_be_noticed():
    assert "ModuleNotFoundError: django is not there" in alone("import django").stderr


def test_a_table_becomes_a_page_with_nothing_else_there():
    command = (
        "from labtools.cli import main; main(['spc', '-', '--kind', 'i', '--value', 'y', '--html', '-'])"
    )
    found = alone(command, given="y\n1\n2\n3\n")
    assert found.stdout.startswith("<!DOCTYPE html>")
    assert found.stderr == ""
