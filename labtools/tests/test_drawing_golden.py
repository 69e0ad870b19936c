"""The table of reference pools: right answers pass, wrong ones and broken quotas do not."""

import json

import pytest

from labtools.drawing import golden

PEOPLE = "id,sex\n" + "".join(f"p{n},{'fm'[n % 2]}\n" for n in range(8))
RESULT = {"algorithm": "leximin", "min_prob": 0.25, "probabilities": {f"p{n}": 0.25 for n in range(8)}}


@pytest.fixture
def folder(tmp_path):
    def make(results, quotas="sex,f,1,1\nsex,m,1,1\n"):
        case = tmp_path / "case"
        case.mkdir()
        (case / "respondents.csv").write_text(PEOPLE)
        (case / "categories.csv").write_text("feature,value,min,max\n" + quotas)
        (case / "meta.json").write_text('{"name": "case", "panel_size": 2}')
        (case / "reference.json").write_text(json.dumps({"results": results}))
        return str(tmp_path)

    return make


def test_equal_chances_pass(folder, capsys):
    assert golden.main([folder([RESULT])]) == 0
    assert capsys.readouterr().out.endswith("yes\n")


def test_other_chances_fail(folder, capsys):
    other = RESULT | {"probabilities": RESULT["probabilities"] | {"p0": 0.3}}
    assert golden.main([folder([other])]) == 1
    assert "no: chances differ" in capsys.readouterr().out


def test_what_must_be_refused_is_refused(folder):
    assert golden.main([folder([{"algorithm": "any", "feasible": False}], "sex,f,5,5\nsex,m,0,1\n")]) == 0


def test_what_must_be_refused_and_is_not_fails(folder):
    assert golden.main([folder([{"algorithm": "any", "feasible": False}])]) == 1


def test_a_folder_without_pools_is_said(tmp_path):
    assert golden.main([str(tmp_path)]) == 2
