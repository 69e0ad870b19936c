"""The guide to counting is true: its examples, its command, its picture and its links."""

import doctest
import re
import shlex
from pathlib import Path

from labtools.cli import main

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "docs" / "voting.md"


def test_the_examples_give_what_the_guide_says():
    found = doctest.testfile(str(GUIDE), module_relative=False)

    assert (found.failed, found.attempted > 12) == (0, True)


def test_the_command_prints_what_the_guide_shows(monkeypatch, capsys, tmp_path):
    [(command, shown)] = re.findall(
        r"```console\n\$ labtools (.*?)\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL
    )
    monkeypatch.chdir(ROOT)

    assert main(shlex.split(command)) == 0
    assert capsys.readouterr().out == shown
    picture = tmp_path / "rounds.svg"
    assert main([*shlex.split(command)[:-1], "--svg", str(picture)]) == 0
    assert picture.read_text("utf-8") == (ROOT / "docs/pictures/rounds.svg").read_text("utf-8")


def test_every_file_that_the_guide_links_to_is_there():
    links = re.findall(r"\]\(([^)#:]+)\)", GUIDE.read_text("utf-8"))

    assert len(links) > 1
    assert [link for link in links if not (GUIDE.parent / link).is_file()] == []
