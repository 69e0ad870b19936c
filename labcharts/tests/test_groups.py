"""Groups: who led where, joint first where it was, and nothing of hidden ones."""

from labcharts.groups import GroupLine, groups_table
from labengines.voting import disclose
from labengines.voting.types import Breakdown, Row

TITLES = {"t1": "Empower", "t2": "Second"}
NAMES = {"e": "England", "n": "Northern Ireland", "s": "Scotland", "w": "Wales"}


def test_each_group_in_words():
    groups = {
        "e": {"t1": 40, "t2": 30, "": 2},
        "n": {"t1": 6, "t2": 6},
        "s": {"t1": 4, "t2": 2},
        "w": {"t1": 1, "t2": 3},
    }
    totals = {"t1": 70, "t2": 60, "": 3}
    hidden = "Not shown, to protect the secrecy of the vote"

    lines = groups_table(disclose(groups, totals=totals), titles=TITLES, groups=NAMES)

    assert lines == (
        GroupLine("e", "England", True, 72, (("t1", 40), ("t2", 30)), 2, "“Empower”, with 40 of 72"),
        GroupLine(
            "n",
            "Northern Ireland",
            True,
            12,
            (("t1", 6), ("t2", 6)),
            0,
            "Joint first: “Empower” and “Second”, with 6 each of 12",
        ),
        GroupLine("s", "Scotland", False, None, None, None, hidden),
        GroupLine("w", "Wales", False, None, None, None, hidden),
        GroupLine(
            "",
            "Not given",
            True,
            39,
            (("t1", 19), ("t2", 19)),
            1,
            "Joint first: “Empower” and “Second”, with 19 each of 39",
        ),
    )


def test_a_group_without_a_choice_has_nobody_first():
    breakdown = Breakdown((Row("e", shown=True, tallies=(("t1", 0), ("t2", 0)), blanks=10),), 10)

    assert groups_table(breakdown, titles=TITLES, groups=NAMES)[0].outcome == "Nobody chose an option"
