"""What comes out, where it goes, and what is said when it cannot."""

import io
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from labtools.cli import main
from labtools.tests.test_golden import RULES

TABLE = """month,site,falls,days,stage
01/04/2024,A,12,1000,before
15/05/2024,A,14,1100,before
01/06/2024,A,9,900,after
01/04/2024,B,2,500,before
15/05/2024,B,,500,before
01/06/2024,B,4,500,after
"""
OPTIONS = "--kind u --value falls --denominator days --date month --multiply 1000"
U = OPTIONS.split()


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "falls.csv"
    path.write_text(TABLE)
    return str(path)


PRINTED = """\
Falls: A
No signal: the points vary as those of a steady process do.
Trial limits: they rest on only 3 points and will still move.
With 3 points off the line there are few to judge runs by.

Period       Numerator  Denominator  Value  Centre line  Lower limit  Upper limit  Signal
1 Apr 2024          12        1,000   12.0         11.7          1.4         21.9  none
15 May 2024         14        1,100   12.7         11.7          1.9         21.4  none
1 Jun 2024           9          900   10.0         11.7          0.9         22.5  none

Falls: B
"""


def test_without_a_file_to_write_the_verdict_and_the_table_are_printed(table, capsys):
    assert main(["spc", table, *U, "--facet", "site", "--title", "Falls"]) == 0
    out, said = capsys.readouterr()
    assert said == ""
    assert out.startswith(PRINTED)


def test_json_holds_every_number_and_its_words(table, tmp_path):
    out = tmp_path / "out.json"
    assert main(["spc", table, *U, "--facet", "site", "--phase", "stage", "--json", str(out)]) == 0
    found = json.loads(out.read_text())
    assert [chart["facet"] for chart in found["charts"]] == ["A", "B"]
    first, second = found["charts"]
    assert first["points"]["x"] == ["2024-04-01", "2024-05-15", "2024-06-01"]
    assert first["points"]["values"] == pytest.approx([12, 14 / 1.1, 10])
    assert first["points"]["phase"] == [1, 1, 2]
    assert [phase["centre"] for phase in first["phases"]] == pytest.approx([26 / 2.1, 10])
    assert second["points"]["values"] == [4, None, 8]
    assert first["options"]["multiply"] == 1000
    assert first["notes"][0]["code"] == "trial_limits"
    assert first["verdict"] in first["description"]


def test_every_choice_reaches_the_chart(table, tmp_path):
    out = tmp_path / "out.json"
    choices = (
        "--kind i --value falls --date month --preset making-data-count --freeze 12 --exclude 2 --rebase 1/6/2024 "
        "--target 5 --direction decrease --no-screening --rules outside,nelson --centre 7 --floor --aggregate mean "
        "--upstream --multiply 2"
    )
    path = Path(table)
    path.write_text("".join(line for line in TABLE.splitlines(keepends=True) if ",B," not in line))
    assert main(["spc", table, *choices.split(), "--json", str(out)]) == 0
    options = json.loads(out.read_text())["charts"][0]["options"]
    assert options == {
        "kind": "i",
        "preset": "making-data-count",
        "baseline": 12,
        "phases": [2],
        "exclude": [2],
        "target": 5,
        "direction": "decrease",
        "screening": False,
        "rules": ["outside", "nelson"],
        "centre": [7, 7, 7],
        "multiply": 2,
        "floor": True,
        "aggregate": "mean",
        "deviations": [],
    }


def test_the_picture_is_svg(table, tmp_path):
    out = tmp_path / "out.svg"
    assert main(["spc", table, *U, "--svg", str(out), "--title", "<falls>"]) == 0
    root = ET.fromstring(out.read_text())
    assert root.tag.endswith("svg")
    assert "<falls>" in "".join(root.itertext())


def test_facets_stand_beside_each_other_in_one_picture(table, tmp_path):
    out = tmp_path / "out.svg"
    assert main(["spc", table, *U, "--facet", "site", "--svg", str(out)]) == 0
    texts = [text.strip() for text in ET.fromstring(out.read_text()).itertext()]
    assert {"A", "B"} <= set(texts)


def test_the_page_stands_alone_and_escapes_what_was_typed(table, tmp_path):
    out = tmp_path / "out.html"
    Path(table).write_text(TABLE.replace(",A,", ",<b>A</b>&,"))
    assert main(["spc", table, *U, "--facet", "site", "--title", "<script>\x1b", "--html", str(out)]) == 0
    page = out.read_text()
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "<h1>&lt;script&gt;" in page
    assert "\x1b" not in page
    assert "<h2>&lt;b&gt;A&lt;/b&gt;&amp;</h2>" in page
    assert "<script" not in page
    assert "<b>" not in page
    assert (page.count("<svg"), page.count("<caption>"), page.count("<h2>")) == (2, 2, 2)
    names = re.findall(r'\bid="([^"]+)"', page)
    assert len(names) == len(set(names)) > 0
    for outside in ("src=", "href=", "@import", "url("):
        assert outside not in page.replace('href="#', "")


def test_what_a_package_makes_of_an_infinite_rate_is_drawn_without_a_warning(tmp_path, capsys):
    path, out = tmp_path / "zero.csv", tmp_path / "out.json"
    path.write_text("y,n\n1,10\n2,0\n3,10\n")
    columns = ["--kind", "i", "--value", "y", "--denominator", "n"]
    assert main(["spc", str(path), *columns, "--upstream", "--json", str(out), "--html", "-"]) == 0
    assert json.loads(out.read_text())["charts"][0]["points"]["values"] == [0.1, "Infinity", 0.3]
    assert capsys.readouterr().err == ""


def test_a_table_comes_from_standard_input_too(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TABLE.encode("utf-16"))))
    assert main(["spc", "-", *U, "--json", "-"]) == 0
    out, said = capsys.readouterr()
    assert json.loads(out)["charts"][0]["points"]["x"] == ["2024-04-01", "2024-05-15", "2024-06-01"]
    assert said == "labtools: note: Column “month”: 6 rows became 3 points, since some share a period.\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("", "Still needed: data.csv, --kind, --value. `labtools spc --help` shows examples."),
        ("{table} --value falls", "Still needed: --kind. `labtools spc --help` shows examples."),
        ("{table} --kind p --value falls", "A chart of kind p needs one more column. Name it with --denominator."),
        ("{table} --kind s --value falls", "A chart of kind s needs one more column. Name it with --date."),
        ("{table} --kind i --value falls --rebase 2024-06-01", "--rebase needs dates. Name their column with --date."),
        (
            "{table} --kind i --value falls --date site --rebase 2024-06-01",
            "--rebase: “1 June 2024” does not fit the column “site”.",
        ),
        (
            "{table} --kind i --value falls --freeze 6 --preset making-data-count",
            "--freeze is 6, but must be a whole number of at least 12.",
        ),
        ("{table} --kind i --value falls --multiply 0", "--multiply is 0, but must be more than 0."),
        (
            "{table} --kind i --value falls --rules tea",
            "--rules: “tea” is not one of outside, anhoej, best-box, cut-box, ihi, making-data-count, "
            "western-electric, nelson.",
        ),
        ("{table} --kind i --value falls --facet ward", "There is no column “ward”. The columns are “month”, “site”, "
         "“falls”, “days”, “stage”."),
        ("{table}.absent --kind i --value falls", "“{table}.absent” cannot be read: No such file or directory."),
        ("{folder} --kind i --value falls", "“{folder}” cannot be read: Is a directory."),
        (
            "{table} --kind i --value falls --svg {folder}/no/where.svg",
            "“{folder}/no/where.svg” cannot be written: No such file or directory.",
        ),
        ("--case {table}", "“{table}” is not JSON: Expecting value: line 1 column 1 (char 0)."),
        ("--case {folder}", "“{folder}” cannot be read: Is a directory."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_nothing_else(options, said, table, tmp_path, capsys):
    where = {"table": table, "folder": str(tmp_path)}
    assert main(["spc", *options.format(**where).split()]) == 2
    assert capsys.readouterr() == ("", f"labtools: {said.format(**where)}\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_closed_file_is_said(table, capsys):
    os.chmod(table, 0)
    assert main(["spc", table, *U]) == 2
    assert capsys.readouterr().err == f"labtools: “{table}” cannot be read: Permission denied.\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--exclude", "3,x"], "argument --exclude: “3,x” must be whole numbers with commas between them"),
        (["--rebase", "soon"], "argument --rebase: “soon” is not a date. Write it like 2024-04-01."),
        (["--target", "nan"], "argument --target: “nan” is not a number"),
        (["--target", "many"], "argument --target: “many” is not a number"),
    ],
)
def test_an_option_that_cannot_be_read_is_named(options, said, table, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["spc", table, *U, *options])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1] == f"labtools spc: error: {said}"


def test_a_case_is_answered_in_its_own_schema(tmp_path):
    case, out = tmp_path / "case.json", tmp_path / "out.json"
    case.write_text(json.dumps(RULES))
    assert main(["spc", "--case", str(case), "--json", str(out)]) == 0
    found = json.loads(out.read_text())
    assert found["we_1"] == [2]
    assert (found["lcl"], found["ucl"]) == (14, 26)


def test_a_refused_case_is_an_answer(tmp_path, capsys):
    case = tmp_path / "case.json"
    given = {"x": [1, 2], "y": [0, 1]}
    asked = {
        "family": "qic",
        "chart": "t",
        "x_type": "number",
        "input": given,
        "options": {"screened_mr": True},
    }
    case.write_text(json.dumps(asked))
    assert main(["spc", "--case", str(case)]) == 0
    assert list(json.loads(capsys.readouterr().out)) == ["error"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}", "is not a whole case: KeyError, 'family'."),
        ("[1]", "is not a whole case: TypeError, list indices must be integers or slices, not str."),
        (json.dumps(RULES | {"input": {}}), "is not a whole case: KeyError, 'y'."),
        (json.dumps(RULES | {"family": "tea"}), "is not a case that can be run: spc.unknown"),
        ("[" * 100_000, "is not JSON: maximum recursion depth exceeded"),
    ],
)
def test_a_broken_case_is_said(content, said, tmp_path, capsys):
    case = tmp_path / "case.json"
    case.write_text(content)
    assert main(["spc", "--case", str(case)]) == 2
    assert capsys.readouterr().err.startswith(f"labtools: “{case}” {said}")


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("y\n" + "\n".join(str(n % 7) for n in range(20_000)))
    command = f'"{sys.executable}" -W error -m labtools spc "{path}" --kind i --value y | head -n 1'
    found = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], check=False, capture_output=True, text=True
    )
    assert (found.stdout, found.stderr, found.returncode) == ("y\n", "", 0)
