"""Members leave a drawn panel: who comes in, which quotas hold, and what cannot be used."""

import json
from pathlib import Path

import pytest

from labtools.cli import main

PEOPLE = "id,sex,age,home\na,f,x,h1\nb,f,y,h2\nc,m,x,h3\nd,m,y,h4\ne,f,x,h2\ng,f,x,\nh,f,x,\nk,m,y,h9\n"
QUOTAS = "feature,value,min,max\nsex,f,2,2\nsex,m,2,2\nage,x,2,2\nage,y,2,2\n"
REPLACE = ["replace", "people.csv", "quotas.csv", "panel.json", "--public-seed", "1 2 3"]


@pytest.fixture(autouse=True)
def at(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(PEOPLE)
    Path("quotas.csv").write_text(QUOTAS)
    Path("panel.json").write_text('{"drawn": {"number": 4, "panel": ["a", "b", "c", "d"]}}')


def test_the_answer_says_who_comes_in_for_whom_and_that_all_quotas_are_kept(capsys):
    assert main([*REPLACE, "--leaving", "a,d", "--one-per", "home", "--json", "now.json"]) == 0
    said, found = capsys.readouterr().out, json.loads(Path("now.json").read_text())
    came = {place["left"]: place["joined"] for place in found["places"]}
    assert (came["a"] in {"g", "h"}, came["d"]) == (True, "k")
    assert found["panel"] == sorted(["b", "c", came["a"], "k"])
    assert said.splitlines()[:4] == [
        f"{came['a']} comes in for a.",
        "k comes in for d.",
        "All 4 quotas are kept:",
        "  sex “f”: 2 people, 2 to 2 asked, kept",
    ]
    assert all(quota["kept"] and quota["panel"] == 2 for quota in found["quotas"])


def test_a_quota_that_cannot_be_kept_is_named_and_the_rest_is_told(capsys):
    Path("people.csv").write_text(PEOPLE.replace("k,m,y,h9\n", ""))
    assert main([*REPLACE, "--leaving", "d"]) == 0
    said = capsys.readouterr().out
    assert "4 of 4 quotas cannot be kept:\n  sex “f”: 3 people, 2 to 2 asked, not kept\n" in said


def test_a_seat_stays_empty_where_nobody_is_left(capsys):
    Path("people.csv").write_text("".join(PEOPLE.splitlines(keepends=True)[:5]))
    assert main([*REPLACE, "--leaving", "d"]) == 0
    assert capsys.readouterr().out.startswith("Nobody can come in for d: the seat stays empty.\n")


def test_whoever_has_left_does_not_come_in_again():
    Path("people.csv").write_text(PEOPLE.replace("h,f,x,\n", ""))
    assert main([*REPLACE, "--leaving", "a", "--one-per", "home", "--json", "one.json"]) == 0
    assert json.loads(Path("one.json").read_text())["joined"] == ["g"]
    again = [*REPLACE[:3], "one.json", "--leaving", "g", "--json", "two.json"]
    assert main(again) == 0
    found = json.loads(Path("two.json").read_text())
    assert (found["left"], found["joined"]) == (["a", "g"], ["e"])


def test_of_equal_people_the_public_seed_chooses_and_always_alike():
    joined = []
    for seed in [*"12345678", " 1 "]:
        asked = [*REPLACE[:4], "--public-seed", seed, "--leaving", "a", "--json", "out.json"]
        assert main(asked) == 0
        joined.append(json.loads(Path("out.json").read_text())["joined"][0])
    assert set(joined) == {"e", "g", "h"}
    assert joined[-1] == joined[0]


@pytest.mark.parametrize(
    "text", ['["a", "b", "c", "d"]', "a\nb\n\n c \nd\n", '{"panel": ["a", "b", "c", "d"]}']
)
def test_a_panel_may_be_a_list_of_ids(text, capsys):
    Path("panel.json").write_text(text)
    assert main([*REPLACE, "--leaving", "d"]) == 0
    assert capsys.readouterr().out.startswith("k comes in for d.")


def test_the_panel_of_a_draw_is_read(capsys):
    draw = ["draw", "people.csv", "quotas.csv", "--size", "4", "--seed", "1", "--length", "20"]
    assert main([*draw, "--public-seed", "9", "--json", "panel.json"]) == 0
    leaver = json.loads(Path("panel.json").read_text())["drawn"]["panel"][0]
    assert main([*REPLACE, "--leaving", leaver]) == 0
    assert f" comes in for {leaver}." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("panel", "said"),
    [
        ('["a", "zz"]', "Member 2 of “panel.json”: there is nobody with the id “zz”"),
        ("a\nb\na\n", "Members 1 and 3 of “panel.json” are both “a”."),
        ('{"drawn": null}', "holds no panel yet: repeat `labtools draw` with --public-seed first."),
        ('{"drawn": 3}', "“panel.json” holds no panel: give what"),
        ('{"panel": [["a"]]}', "“panel.json” holds no panel: give what"),
        ("", "“panel.json” holds no panel."),
        ('["b", "c"]', "There is nobody with the id “a” among the panel."),
    ],
)
def test_a_panel_that_cannot_be_used_is_refused(panel, said, capsys):
    Path("panel.json").write_text(panel)
    assert main([*REPLACE, "--leaving", "a"]) == 2
    out = capsys.readouterr()
    assert (out.out, said in out.err) == ("", True)


@pytest.mark.parametrize(
    ("name", "was", "becomes", "said"),
    [
        ("people.csv", "k,m,y", "k,m,z", "Row 9, column “age”: there stands “z”"),
        ("people.csv", "k,m,y", "h,m,y", "Rows 8 and 9 both have the id “h”."),
        (
            "quotas.csv",
            "age,y,2,2",
            "age,y,2,1",
            "Row 5 of the quotas: min 2 and max 1 contradict each other.",
        ),
        ("quotas.csv", "age,y,2,2", "age,y,2,no", "Row 5, column “max”: “no” is not a whole number"),
    ],
)
def test_what_is_wrong_in_a_table_is_said_with_its_row(name, was, becomes, said, capsys):
    Path(name).write_text(Path(name).read_text().replace(was, becomes))
    assert main([*REPLACE, "--leaving", "a"]) == 2
    assert said in capsys.readouterr().err
