"""Panels and tables from files, and the rows of what cannot be used."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from labengines.lottery.tests.pools import everybody_differs
from labtools.cli import main

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = "id,sex,age,home\n" + "".join(
    f"p{number:02},{'fm'[number % 2]},{'xyz'[number % 3]},h{number // 2}\n" for number in range(24)
)
QUOTAS = "feature,value,min,max\nsex,f,2,3\nsex,m,2,3\nage,x,1,2\nage,y,1,3\nage,z,1,3\n"


@pytest.fixture
def at(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(PEOPLE)
    Path("quotas.csv").write_text(QUOTAS)
    return tmp_path


DRAW = ["draw", "people.csv", "quotas.csv", "--size", "5", "--seed", "7"]


def test_a_draw_writes_list_numbers_and_picture(at, capsys):
    asked = [
        *DRAW,
        "--one-per",
        "home",
        "--public-seed",
        "1 2 3",
        "--list",
        "list.json",
        "--json",
        "out.json",
        "--svg",
        "out.svg",
    ]
    assert main(asked) == 0
    said, found = capsys.readouterr().out, json.loads(Path("out.json").read_text())
    assert "Proved: no lottery that keeps the quotas has a higher lowest chance." in said
    assert f"SHA-256 of the list: {found['list_sha256']}" in said
    assert said.endswith(
        "\n".join([f"Number drawn: {found['drawn']['number']}", *found["drawn"]["panel"], ""])
    )
    assert sum(found["probabilities"].values()) == pytest.approx(5)
    assert len(json.loads(Path("list.json").read_text())["panels"]) == 1000
    assert Path("out.svg").read_text().startswith("<svg ")


def test_addresses_in_two_spellings_are_one_household(at, capsys):
    rows = ["id,home,sex", 'a,"Flat 2, 10 High St",f', 'b,"10 High Street, Flat 2",m', "c,Mill Lane 3,m"]
    Path("people.csv").write_text("\n".join(rows))
    Path("quotas.csv").write_text("feature,value,min,max\nsex,f,1,1\nsex,m,1,1\n")
    asked = [
        "draw",
        "people.csv",
        "quotas.csv",
        "--size",
        "2",
        "--one-per",
        "home",
        "--addresses",
        "--public-seed",
        "x",
    ]
    assert main(asked) == 0
    assert capsys.readouterr().out.endswith("\na\nc\n")


@pytest.mark.parametrize(
    ("name", "was", "becomes", "said"),
    [
        ("people.csv", "p03,", "p02,", "Rows 4 and 5 both have the id “p02”."),
        ("people.csv", "p03,", " ,", "Row 5 has no id."),
        (
            "people.csv",
            "p03,m",
            "p03,M",
            "Row 5, column “sex”: there stands “M”, but the quotas have “f”, “m”.",
        ),
        ("people.csv", "p03,m", "\n\n\np03,", "Row 8, column “sex”: there stands nothing"),
        ("people.csv", "id,", "name,", "There is no column “id”."),
        ("quotas.csv", "sex,m,2,3", "sex,f,2,3", "Row 3 of the quotas is the second for sex “f”."),
        (
            "quotas.csv",
            "sex,m,2,3",
            "sex,m,3,2",
            "Row 3 of the quotas: min 3 and max 2 contradict each other.",
        ),
        (
            "quotas.csv",
            "sex,m,2,3",
            "sex,m,two,3",
            "Row 3, column “min”: “two” is not a whole number of people.",
        ),
        ("quotas.csv", "sex,m,2,3", "sex,m,4,9", "No panel keeps every quota. Lower the least number of"),
        ("quotas.csv", "age", "town", "The people have no column “town”"),
        ("quotas.csv", "min", "least", "There is no column “min”."),
    ],
)
def test_what_is_wrong_is_said_with_its_row(at, capsys, name, was, becomes, said):
    path = Path(name)
    path.write_text(path.read_text().replace(was, becomes))
    assert main(DRAW) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert said in out.err


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["draw"], "Still needed: respondents, categories, size."),
        ([*DRAW[:4], "99"], "A panel of 99 cannot be drawn from 24 people."),
        ([*DRAW, "--one-per", "town"], "The people have no column “town”"),
        ([*DRAW, "--length", "0"], "A list of 0 panels is too short"),
        (["draw", "no.csv", "quotas.csv", "--size", "5"], "“no.csv” cannot be read"),
        (["draw", "--case", "nowhere"], "is not a whole case"),
        (["seat", "people.csv", "--tables", "99", "--rounds", "1"], "Choose at least one table"),
        (["seat", "people.csv", "--tables", "2", "--rounds", "0"], "--rounds must be 1 or more"),
        (
            ["seat", "people.csv", "--tables", "2", "--rounds", "1", "--access", "sex"],
            "Row 2, column “sex”: “f” must be",
        ),
        (
            ["seat", "people.csv", "--tables", "2", "--rounds", "1", "--apart", "town"],
            "There is no column “town”",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused(at, capsys, asked, said):
    assert main(asked) == 2
    assert said in capsys.readouterr().err


def test_a_case_is_answered_in_the_fields_of_its_reference(at, capsys):
    Path("case").mkdir()
    Path("case/respondents.csv").write_text(PEOPLE.replace("home", "household"))
    Path("case/categories.csv").write_text(QUOTAS)
    Path("case/meta.json").write_text('{"name": "case", "panel_size": 5, "households": true}')
    assert main(["draw", "--case", "case"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [result["algorithm"] for result in found["results"]] == ["leximin", "maximin", "nash"]
    for result in found["results"]:
        assert {"min_prob", "gini", "geo_mean", "probabilities", "seconds"} <= set(result)
        assert result["panels_breaking_quotas"] == 0


def test_an_impossible_pool_is_refused_with_the_least_change_but_is_an_answer_to_a_case(at, capsys):
    Path("quotas.csv").write_text(QUOTAS.replace("sex,m,2,3", "sex,m,4,9"))
    assert main(DRAW) == 2
    least = "No panel keeps every quota. Lower the least number of sex “m” from 4 to 3."
    out = capsys.readouterr()
    assert (out.out, out.err) == ("", f"labtools: {least}\n")
    Path("case").mkdir()
    Path("case/respondents.csv").write_text(PEOPLE.replace("home", "household"))
    Path("case/categories.csv").write_text(Path("quotas.csv").read_text())
    Path("case/meta.json").write_text('{"name": "case", "panel_size": 5}')
    assert main(["draw", "--case", "case"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert (result["algorithm"], result["feasible"], result["message"]) == ("any", False, least)
    assert [change["becomes"] for change in result["changes"]] == [3]
    with pytest.raises(SystemExit):
        main(["draw", "--help"])
    assert "the exit status is 2" in capsys.readouterr().out


def test_a_limit_too_short_for_a_panel_is_refused_and_one_too_short_for_the_best_says_so(at, capsys):
    assert main([*DRAW, "--seconds", "0"]) == 2
    assert "Time ran out before a panel was found" in capsys.readouterr().err
    pool, quotas = everybody_differs(np.random.default_rng(4), many=300, size=30)
    traits = list(pool[0].traits)
    rows = [",".join([person.id, *person.traits.values()]) for person in pool]
    Path("people.csv").write_text("\n".join([",".join(["id", *traits]), *rows]))
    rows = [f"{quota.trait},{quota.value},{quota.least},{quota.most}" for quota in quotas]
    Path("quotas.csv").write_text("\n".join(["feature,value,min,max", *rows]))
    assert main(["draw", "people.csv", "quotas.csv", "--size", "30", "--seconds", "0.3"]) == 0
    assert "Time ran out: the lowest chance is " in capsys.readouterr().out


def test_people_are_seated_so_that_nobody_meets_twice(at, capsys):
    asked = [
        "seat",
        "people.csv",
        "--tables",
        "6",
        "--rounds",
        "3",
        "--balance",
        "sex",
        "--seed",
        "7",
        "--json",
        "out.json",
    ]
    assert main(asked) == 0
    assert "Nobody meets twice.\nTables differ from the evenest mix by 0 people" in capsys.readouterr().out
    found = json.loads(Path("out.json").read_text())
    assert (len(found["rounds"]), found["repeats"], found["proved"]) == (3, 0, True)


@pytest.mark.slow
def test_the_same_seed_draws_alike_whatever_the_hash_seed_and_the_order_of_rows(at):
    head, *rows = PEOPLE.splitlines()
    Path("back.csv").write_text("\n".join([head, *rows[::-1]]))
    answers = set()
    for hash_seed in range(10):
        table = "people.csv" if hash_seed % 2 else "back.csv"
        done = subprocess.run(
            [sys.executable, "-m", "labtools", "draw", table, *DRAW[2:], "--public-seed", "1 2 3"],
            env=os.environ | {"PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        answers.add(done.stdout)
    assert len(answers) == 1


@pytest.mark.slow
def test_a_hundred_thousand_people_are_drawn_from(at, capsys):
    rows = (f"p{number},{'fm'[number % 2]},{'xyz'[number % 3]},h{number}" for number in range(100_000))
    Path("people.csv").write_text("\n".join(["id,sex,age,home", *rows]))
    assert main([*DRAW, "--length", "100"]) == 0
    assert "A panel of 5 from 100,000 people" in capsys.readouterr().out
