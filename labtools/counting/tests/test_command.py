"""`labtools count` from its arguments to what it writes."""

import json
import re
from pathlib import Path

import pytest

from labengines.voting import errors
from labtools.cli import main
from labtools.counting import golden, words
from labtools.counting.outcomes import outcomes
from labtools.counting.raw import ranking

BLT = '3 1\n4 1 0\n3 2 3 0\n2 3 2 0\n0\n"Ann"\n"Bo"\n"Cy"\n"Ward 5"\n'


@pytest.fixture
def ward(tmp_path):
    path = tmp_path / "ward.blt"
    path.write_text(BLT, encoding="utf-8")
    return path


def test_a_count_is_told_in_sentences(ward, capsys):
    assert main(["count", str(ward), "--rule", "instant-runoff", "--explain"]) == 0

    assert capsys.readouterr().out == (
        "9 ballots were counted; 0 chose nothing that could be counted.\n"
        "Round 1: Ann 4, Bo 3, Cy 2. 5 votes are needed. Cy has the fewest votes and leaves.\n"
        "Round 2: the votes of Cy move: 2 to Bo. Bo 5, Ann 4. Bo has more than half of the votes that still "
        "count and is elected.\n"
        "Elected: Bo.\n"
    )


def test_a_table_is_shown_where_nothing_else_is_asked(ward, capsys):
    assert main(["count", str(ward), "--rule", "instant-runoff"]) == 0

    assert capsys.readouterr().out.splitlines()[3:] == [
        "Option  Round 1  Round 2",
        "Bo            3        5  elected",
        "Ann           4        4",
        "Cy            2        0  leaves",
    ]


def test_json_holds_every_number_and_svg_the_picture(ward, tmp_path):
    out, picture = tmp_path / "out.json", tmp_path / "out.svg"

    assert main(["count", str(ward), "--rule", "stv-meek", "--json", str(out), "--svg", str(picture)]) == 0

    result = json.loads(out.read_text(encoding="utf-8"))["result"]
    assert (result["winners"], result["stages"][0]["tallies"]) == (["2"], [["1", 4], ["2", 3], ["3", 2]])
    assert picture.read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rule", "score"], "takes scored ballots; this file holds ranked ones"),
        (["--rule", "schulze", "--seats", "2"], "schulze fills one seat and not 2. Choose another rule"),
        (["--rule", "stv-scottish", "--seats", "0"], "Choose a number from 1 to 3."),
        (["--rule", "stv-scottish", "--seats", "9"], "there are 3 options. Choose a number from 1 to 3."),
        (
            ["--rule", "borda", "--set", "unranked=guess"],
            "unranked=guess is not known. Known are symmetric, domin",
        ),
        (
            ["--rule", "instant-runoff", "--set", "until=noon"],
            "until=noon is not known. Known are majority, two.",
        ),
        (["--rule", "instant-runoff", "--set", "batch=1"], "--set batch: “1” must be yes or no."),
        (["--rule", "borda", "--set", "speed=3"], "borda knows no --set speed."),
        (["--rule", "borda", "--set", "unranked"], "must be NAME=VALUE"),
        (["--rule", "borda", "--tie-break", "dice"], "is not open, ballot or lot:SEED"),
        (["--rule", "budget-greedy"], "needs costs and a budget"),
        ([], "Still needed: FILE and --rule"),
    ],
)
def test_what_cannot_be_done_is_said_with_status_2(ward, arguments, said, capsys):
    assert main(["count", str(ward), *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("width", ["100", "wide", "-390", "99999"])
def test_a_picture_has_a_width_that_can_be_read(ward, width, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["count", str(ward), "--rule", "borda", "--svg", "-", "--width", width])
    assert ended.value.code == 2
    assert "choose a whole number of pixels from 320 to 4000" in capsys.readouterr().err


def test_a_picture_is_no_wider_than_was_asked(tmp_path, capsys):
    path = tmp_path / "long.csv"
    options = "abcdefgh"
    path.write_text("count," + ",".join(options) + "\n" + "".join(
        f"{at + 1}," + ",".join(str(at + 1 - o) if o <= at else "" for o in range(8)) + "\n" for at in range(8)
    ), encoding="utf-8")  # fmt: skip
    wide = {}
    for width in (390, 800):
        asked = ["--rule", "instant-runoff", "--svg", "-", "--width", str(width)]
        assert main(["count", str(path), *asked]) == 0
        wide[width] = float(re.search(r'width="([\d.]+)"', capsys.readouterr().out)[1])
    assert wide[390] <= 390 < wide[800] <= 800


PROJECTS = "Falls,Sleep,Pain\n1,1,\n1,1,\n,1,1\n"


@pytest.mark.parametrize(
    ("ballots", "arguments", "said"),
    [
        (PROJECTS, ["exactly"], "exactly needs --set marks=VALUE."),
        (PROJECTS, ["exactly", "marks=1"], "a ballot marks 2 where the rule asks for 1: Falls, Sleep."),
        (PROJECTS, ["exactly", "marks=few"], "--set marks: “few” must be a whole number from 0 on."),
        (
            PROJECTS,
            ["exactly", "marks=2", "categories=safety"],
            "must be a table of names and values, such as",
        ),
        (
            PROJECTS,
            ["exactly", "marks=2", 'categories={"Rest": "a"}'],
            "categories: “Rest” is not an option.",
        ),
        (PROJECTS, ["up-to", "marks=2", 'marks_in={"a": -1}'], "--set marks_in: “-1” must be a whole number"),
        (PROJECTS, ["up-to", "marks=2", 'seats_in={"a": 2}'], "shares out 2 seats, but there are 1."),
        (
            PROJECTS,
            ["budget-greedy", "budget=3", 'costs={"Falls": 2}'],
            "a price is missing or wrong: Sleep, Pain.",
        ),
        (PROJECTS, ["equal-shares", "completion=x"], "Known are none, approval, phragmen, add1."),
        (
            "a,b\n9,1\n",
            ["score"],
            "a ballot gives a score of 9, but 5 is the highest. --set highest=N changes it.",
        ),
        (
            "a,b\n3,1\n",
            ["cumulative", "points=3"],
            "a ballot gives more points than the rule allows: a 3, b 1.",
        ),
    ],
)
def test_a_choice_that_does_not_fit_is_told_in_words(tmp_path, ballots, arguments, said, capsys):
    path = tmp_path / "ballots.csv"
    path.write_text(ballots, encoding="utf-8")
    rule, *choices = arguments
    given = [word for choice in choices for word in ("--set", choice)]
    assert main(["count", str(path), "--rule", rule, *given]) == 2
    assert said in capsys.readouterr().err


def test_categories_can_be_given_by_name(tmp_path, capsys):
    path = tmp_path / "ballots.csv"
    path.write_text(PROJECTS, encoding="utf-8")
    quotas = {"categories": '{"Falls": "safety", "Sleep": "rest", "Pain": "rest"}', "marks": "2",
              "seats_in": '{"safety": 1, "rest": 1}'}  # fmt: skip
    given = [word for name, value in quotas.items() for word in ("--set", f"{name}={value}")]
    assert main(["count", str(path), "--rule", "exactly", "--seats", "2", *given, "--explain"]) == 0
    assert "Elected: Falls, Sleep." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (errors.UnknownOption(option="Zed"), "a ballot names “Zed”, which is not an option."),
        (errors.RepeatedOption(ballot=("1", ("2", "1"))), "names one option twice: Ann, Bo, Ann."),
        (errors.RepeatedOption(option="2"), "a ballot names “Bo” twice."),
        (errors.BallotMalformed(ballot=(1,), scores=1, options=2), "a ballot has 1 scores for 2 options."),
        (
            errors.BallotMalformed(ballot=(1,), number=-1),
            "holds “-1”, where a whole number from 0 on is needed.",
        ),
        (errors.BallotMalformed(ballot="ab"), "the ballot “ab” is not in the form that the rule takes."),
        (errors.NegativeCount(option="1", count=-2), "the number of ballots is “-2”"),
        (errors.OptionTwice(options=("a", "a")), "two options have the same name"),
    ],
)
def test_whatever_the_engine_refuses_of_ballots_has_its_words(refusal, said):
    assert said in str(words.refused(refusal, {"1": "Ann", "2": "Bo"}))


def test_a_tie_stays_open_or_falls_to_what_is_passed_in(tmp_path, capsys):
    path = tmp_path / "tie.csv"
    path.write_text("theme\nsafer\nempower\n", encoding="utf-8")

    main(["count", str(path), "--rule", "plurality", "--explain"])
    assert "stays open" in capsys.readouterr().out
    main(["count", str(path), "--rule", "plurality", "--explain", "--tie-break", "ballot"])
    assert "Elected: empower." in capsys.readouterr().out


def test_a_case_is_answered_in_the_words_of_the_references(tmp_path, capsys):
    path = tmp_path / "case.json"
    election = {"id": "x", "type": "ranked", "candidates": ["Ann", "Bo", "Cy"], "seats": 2,
                "ballots": [[6, [1, 2]], [3, [2, 3]], [2, [3]]]}  # fmt: skip
    path.write_text(json.dumps(election), encoding="utf-8")

    assert main(["count", "--case", str(path), "--rules", "all"]) == 0

    results = {entry["rule"]: entry for entry in json.loads(capsys.readouterr().out)["results"]}
    assert results["condorcet_winner"]["winner_names"] == ["Ann"]
    assert results["stv_scottish_wigm"] == {
        "rule": "stv_scottish_wigm", "seats": 2, "winners": [1, 2], "winner_names": ["Ann", "Bo"],
    }  # fmt: skip
    path.write_text('{"type": "ranked"}', encoding="utf-8")
    assert main(["count", "--case", str(path)]) == 2
    path.write_text(json.dumps(election | {"ballots": [[6, [1, 1]]]}), encoding="utf-8")
    capsys.readouterr()
    assert main(["count", "--case", str(path)]) == 2
    assert "a ballot names one option twice: Ann, Ann." in capsys.readouterr().err


def test_all_ways_in_which_ties_can_fall_are_looked_through():
    from labengines.voting import count

    ballots = {("a",): 1, ("b",): 1, ("c",): 1}
    ends = outcomes(
        lambda tie_break: count(ballots, options="abc", rule="approval", seats=2, tie_break=tie_break)
    )

    assert sorted(sorted(end.winners) for end in ends) == [["a", "b"], ["a", "c"], ["b", "c"]]
    assert (
        outcomes(lambda tie_break: count(ballots, options="abc", rule="approval", tie_break=tie_break), 2)
        is None
    )


def test_a_marked_ballot_ends_at_an_overvote_and_at_two_blanks():
    assert ranking([1, None, 2], "9") == ("1", "2")
    assert ranking([None, None, 2], "9") == ()
    assert ranking([1, "overvote", 2], "9") == ("1",)
    assert ranking([1, 1, "UWI"], "9") == ("1", "9")


@pytest.mark.skipif(not golden.FOLDER.is_dir(), reason="the reference elections are not beside this folder")
@pytest.mark.parametrize(
    "name", ["ers-019", "scot-renfrewshire-2017-ward3", "utah-sd11-2025", "tshirt-2012-small-group"]
)
def test_reference_elections_are_reproduced(name):
    lines, faults = golden.check(golden.FOLDER, [golden.FOLDER / "elections" / f"{name}.json"])

    assert faults == []
    assert sum(line["reproduced"] for line in lines.values()) >= 6


def test_golden_tells_what_differs(tmp_path, capsys):
    for folder in ("elections", "reference"):
        (tmp_path / folder).mkdir()
    election = {"id": "x", "type": "approval", "candidates": ["Ann", "Bo"], "seats": 1, "ballots": [[6, [1]]]}
    wrong = {
        "results": [
            {"rule": "approval (single winner)", "winners": [2]},
            {"rule": "sav", "committee_size": 2},
        ]
    }
    (tmp_path / "elections" / "x.json").write_text(json.dumps(election), encoding="utf-8")
    (tmp_path / "reference" / "x.json").write_text(json.dumps(wrong), encoding="utf-8")

    assert golden.main([str(tmp_path)]) == 1
    assert "x, approval (single winner): /winners[0]: 1 instead of 2" in capsys.readouterr().out
    assert golden.main([str(Path(tmp_path) / "none")]) == 2
