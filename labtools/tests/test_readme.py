"""The README's command prints what the README says."""

import re
from pathlib import Path

from labtools.cli import main

README = Path(__file__).resolve().parents[1] / "README.md"
FALLS = "Month,Falls,Bed days\nApr-24,12,1000\nMay-24,14,1100\nJun-24,9,900\n"


def test_the_example_prints_what_is_shown(tmp_path, monkeypatch, capsys):
    command, shown = re.search(
        r"```console\n\$ labtools (.*?)\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL
    ).groups()
    monkeypatch.chdir(tmp_path)
    Path("falls.csv").write_text(FALLS)
    assert main(command.split()) == 0
    assert capsys.readouterr().out == shown
