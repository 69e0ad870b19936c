"""Every format on a small file, and each fault with its row."""

import pytest

from labtools.counting import files
from labtools.refusals import Refused

HEAD = "# TITLE: Logo\n# DATA TYPE: {}\n" + "".join(
    f"# ALTERNATIVE NAME {at}: {name}\n" for at, name in enumerate(("Ants", "Swirl", "Seal"), 1)
)
PB = ("META\nkey;value\ndescription;Town\nbudget;100\nPROJECTS\nproject_id;cost;votes;name\nA;60;2;Park\nB;50;1;Road\n"
      "VOTES\nvoter_id;vote;points\n1;A;\n2;A,B;3,1\n")  # fmt: skip


def test_preflib_rankings_with_ties():
    election = files.read(HEAD.format("toc") + "2: 1,{2,3}\n1: 3,1\n", ".toc", "ranked")

    assert (election.title, election.names) == ("Logo", {"1": "Ants", "2": "Swirl", "3": "Seal"})
    assert election.ballots == {("1", ("2", "3")): 2, ("3", "1"): 1}


def test_preflib_categories_are_approvals():
    election = files.read(HEAD.format("cat") + "3: {1,2},{3}\n2: 2,{1,3}\n1: {},{1,2,3}\n", ".cat", "chosen")

    assert (election.form, election.ballots) == ("chosen", {("1", "2"): 3, ("2",): 2, (): 1})


def test_who_withdrew_is_left_out_of_a_blt_everywhere():
    text = '4 1\n-2 -4\n5 1 2 3 0\n2 2=3 - 1 0\n1 4 0\n0\n"Ann"\n"Bo"\n"Cy"\n"Di"\n"Ward 5"\n'
    found = files.read(text, ".blt", "ranked")
    assert found.names == {"1": "Ann", "3": "Cy"}
    assert (found.title, found.ballots) == ("Ward 5", {("1", "3"): 5, ("3", "1"): 2, (): 1})


def test_a_scottish_profile_and_its_blt_are_the_same_election():
    profile = files.read(
        '3,2,\n5,1,2,\n2,3,\n"Candidate 1","Ann","Lab",\n"Candidate 2","Bo","Grn",\n'
        '"Candidate 3","Cy","Con",\n"Ward 5",\n',
        ".csv",
        "ranked",
    )
    blt = files.read('3 2\n5 1 2 0\n2 3 0\n0\n"Ann"\n"Bo"\n"Cy"\n"Ward 5"\n', ".blt", "ranked")

    assert profile == blt
    assert (blt.seats, blt.title, blt.ballots) == (2, "Ward 5", {("1", "2"): 5, ("3",): 2})


def test_a_budget_of_pabulib():
    election = files.read(PB, ".pb", "points")

    assert (election.budget, election.costs, election.names) == (
        100,
        {"A": 60, "B": 50},
        {"A": "Park", "B": "Road"},
    )
    assert election.ballots == {(("A", 1),): 1, (("A", 3), ("B", 1)): 1}


@pytest.mark.parametrize(
    ("form", "ballots"),
    [
        ("ranked", {("b", ("a", "c")): 2, ("a",): 1}),
        ("scored", {(2, 1, 2): 2, (1, 0, 0): 1}),
        ("chosen", {("a", "b", "c"): 2, ("a",): 1}),
        ("points", {(("a", 2), ("b", 1), ("c", 2)): 2, (("a", 1),): 1}),
    ],
)
def test_a_plain_file_is_read_as_the_rule_takes_it(form, ballots):
    assert files.read("count,a,b,c\n2,2,1,2\n1,1,,\n", ".csv", form).ballots == ballots


def test_one_column_holds_the_names_that_were_chosen():
    assert files.read("theme\nsafer\nempower\nsafer\n", ".csv", "choice").ballots == {
        "safer": 2,
        "empower": 1,
    }


def test_our_own_json():
    own = (
        '{"type": "ranked", "candidates": ["Ann", "Bo"], "seats": 1, "ballots": [[3, [2, 1]], [1, [[1, 2]]]]}'
    )

    assert files.read(own, ".json", "ranked").ballots == {("2", "1"): 3, (("1", "2"),): 1}


@pytest.mark.parametrize(
    ("text", "ending", "said"),
    [
        (HEAD.format("soi") + "2: 1,9\n", ".soi", "Row 6: “9” is not an option"),
        (HEAD.format("soi") + "2: 1,1\n", ".soi", "Row 6: “Ants” stands there twice"),
        (HEAD.format("soi") + "x: 1\n", ".soi", "Row 6: the number of ballots is “x”"),
        (HEAD.format("soi") + "2: {1,2\n", ".soi", "Row 6: the brackets"),
        (HEAD.format("soi") + "1,2\n", ".soi", "Row 6: “1,2” is not a number of ballots, a colon"),
        ("1: 2\n", ".soi", "names no alternatives"),
        ("\n\na,a\n1,2\n", ".csv", "Row 3: every column needs a name"),
        ("count\n3\n", ".csv", "Row 1: every column needs a name"),
        (",\n,\n", ".csv", "holds no cell with anything in it"),
        ("2 1\n3 1 2\n0\n", ".blt", "Row 2: a ballot must end with 0"),
        ("2 1\n3 1 2 0\n", ".blt", "only 0; there is none"),
        ("2 1\n-3\n3 1 0\n0\n", ".blt", "Row 2: who withdrew is a minus and a number from 1 to 2"),
        ("2 1\n3 1 0\n-1\n0\n", ".blt", "Row 3: who withdrew must stand before the ballots"),
        ("2,1,\n3,1,4,\n", ".csv", "Row 2: “4” is not an option"),
        (PB.replace("A;60", "A;much"), ".pb", "Row 7: “much” is not an amount"),
        (PB.replace("2;A,B;3,1", "2;A,B;3"), ".pb", "Row 12: 2 projects but 1 points"),
        (PB.replace("VOTES", "VOICES"), ".pb", "missing: VOTES"),
        ("a,a\n1,2\n", ".csv", "Row 1: every column"),
        ("a,b\n1,2,3\n", ".csv", "Row 2: 3 cells for 2 columns"),
        ("a,b\n1,second\n", ".csv", "Row 2: the rank of “b” is “second”"),
        ("a,b\n1,-2\n", ".csv", "Row 2: the rank of “b” is “-2”"),
        ("{", ".json", "This is not JSON"),
        ('{"type": "guess"}', ".json", "“type” must be one of"),
        ('{"type": "ranked", "candidates": ["a"], "ballots": [[1, [2]]]}', ".json", "Row 1: “2” is not an option"),
        ('{"type": ["ranked"]}', ".json", "“type” must be one of"),
        ('{"type": "ranked", "candidates": ["a"]}', ".json", "“ballots” must be a list"),
        ('{"type": "ranked", "candidates": ["a", 2]}', ".json", "“candidates” must be a text; it is 2"),
        ('{"type": "ranked", "candidates": ["a"], "seats": 0}', ".json", "“seats” must be a whole number from 1 on"),
        ('{"type": "ranked", "candidates": ["a"], "ballots": [[1, 2]]}', ".json", "is not [number of ballots"),
        ('{"type": "score", "candidates": ["a"], "ballots": [[1, [null]]]}', ".json", "Row 1: a score is “None”"),
        ('{"type": "cumulative", "candidates": ["a"], "ballots": [[1, [[]]]]}', ".json", "is not [option, points]"),
        ('{"type": "plurality", "candidates": ["a"], "costs": [], "budget": 1}', ".json", "0 costs for 1 candidates"),
        ('{"type": "plurality", "candidates": ["a"], "costs": [1], "budget": "x"}', ".json", "not an amount"),
        ("", ".csv", "The file is empty"),
        ("x", ".xyz", "Files that end in .xyz are not known"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_row(text, ending, said):
    with pytest.raises(Refused) as refusal:
        files.read(text, ending, "ranked")

    assert said in str(refusal.value)
