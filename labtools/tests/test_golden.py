"""The command that runs the reference cases; the cases themselves, where their folder is there."""

import json

import pytest

from labtools import golden, jsons

TABLE = {
    "family": "table",
    "chart": "run",
    "tags": [],
    "input": {"n_useful": [10, 24]},
    "options": {},
    "expected": {"longest_run_max": [6, 8], "n_crossings_min": [2, 8]},
}
RULES = {
    "family": "rules",
    "chart": "xbar.one",
    "tags": ["suspect-upstream"],
    "input": {"y": [20, 27, 20]},
    "options": {"center": 20, "std_dev": 2},
    "expected": {"lcl": 14, "ucl": 26, "we_1": [2], "nelson_2": []},
}
WRONG = TABLE | {"expected": {"longest_run_max": [6, 9], "n_crossings_min": [2, 8]}}
CASES = sorted(golden.FOLDER.glob("*.json"))


@pytest.fixture
def folder(tmp_path):
    def write(**cases):
        for name, case in cases.items():
            (tmp_path / f"{name}.json").write_text(json.dumps(case))
        return str(tmp_path)

    return write


def test_cases_are_counted_by_family_and_chart(folder, capsys):
    assert golden.main([folder(one=TABLE, two=TABLE, three=RULES)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        ["family", "chart", "cases", "passed", "failed", "suspect-upstream"],
        ["rules", "xbar.one", "1", "1", "0", "1"],
        ["table", "run", "2", "2", "0", "0"],
        ["all", "3", "3", "0", "1"],
    ]


def test_a_failed_case_is_named_with_its_differences(folder, capsys):
    assert golden.main([folder(good=TABLE, wrong=WRONG)]) == 1
    assert "\nwrong: 1 differences\n  /longest_run_max[1]: 8 instead of 9\n" in capsys.readouterr().out


def test_an_engine_that_stops_fails_its_case_and_no_other(folder, capsys):
    broken = TABLE | {"input": {"n_useful": [None]}}
    assert golden.main([folder(broken=broken, good=TABLE)]) == 1
    assert "/: stopped with TypeError(" in capsys.readouterr().out


def test_an_input_that_should_have_been_refused_fails(folder, capsys):
    assert golden.main([folder(taken=TABLE | {"expected": {"error": "no"}})]) == 1
    assert "/error: the input was not refused" in capsys.readouterr().out


def test_only_cases_with_a_certain_start_can_be_run(folder, capsys):
    assert golden.main([folder(good=TABLE, wrong=WRONG), "--only", "good"]) == 0
    assert capsys.readouterr().out.split()[-4:] == ["1", "1", "0", "0"]


def test_a_folder_that_is_not_there_is_said(tmp_path, capsys):
    absent = tmp_path / "absent"
    assert golden.main([str(absent)]) == 2
    said = f"No reference cases: {absent} holds no .json files. Name their folder.\n"
    assert capsys.readouterr() == ("", said)


@pytest.mark.skipif(not CASES, reason="the folder of reference cases is not beside the project")
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_reference_case(path):
    assert golden.check(jsons.read(path)) == []
