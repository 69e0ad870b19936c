"""The guide for analysts is true: its examples, its commands, and every picture and page it links to."""

import doctest
import re
import shlex
from pathlib import Path

from labtools.cli import main

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "spc.md"


def test_the_examples_give_what_the_guide_says(monkeypatch):
    monkeypatch.chdir(ROOT)
    found = doctest.testfile(str(GUIDE), module_relative=False)
    assert (found.failed, found.attempted > 20) == (0, True)


def test_the_commands_write_what_the_guide_names(monkeypatch, tmp_path):
    [command] = re.findall(r"```console\n\$ labtools (.*?)\n```", GUIDE.read_text(encoding="utf-8"))
    monkeypatch.chdir(tmp_path)
    words = [str(ROOT / word) if word.startswith("docs/") else word for word in shlex.split(command)]
    assert main(words) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["falls.html", "falls.json", "falls.svg"]


def test_every_file_that_the_guide_links_to_is_there():
    links = re.findall(r"\]\(([^)#:]+)\)", GUIDE.read_text(encoding="utf-8"))
    missing = [link for link in links if not (GUIDE.parent / link).is_file()]
    assert (len(links) > 5, missing) == (True, [])
