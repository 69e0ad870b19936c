"""What is said of a decision, for each outcome, and that the picture says the same."""

import pytest

from labcharts import decision, decision_sentence, decision_svg, decision_table
from labcharts.spc.tests.drawn import opened
from labengines.spc.verdicts import verdict

CALM = [50, 54, 47, 52, 49, 53, 46, 51, 55, 48, 50, 52]
AROUND = [49, 53, 48, 54, 47, 52, 49, 53]
MONTHS = [f"{2023 + month // 12}-{month % 12 + 1:02}" for month in range(40)]


def decided(values, *, change=13, **declared):
    months = MONTHS[: len(values)]
    return verdict(values, "i", subgroups=months, change=MONTHS[change - 1], direction="decrease", **declared)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            [*CALM, *[49] * 8],
            "Improved: 8 points in a row, Jan 2024 to Aug 2024, lie on the better side of the line.",
        ),
        (
            [*CALM, *[52] * 8],
            "Worse: 8 points in a row, Jan 2024 to Aug 2024, lie on the worse side of the line.",
        ),
        ([*CALM, *AROUND], "No evidence of change: no 8 points in a row lie on one side of the line."),
        ([*CALM, *[49] * 7], "Too early to say: 7 points after the change, where 8 are needed."),
        (
            [*CALM[:-1], 90, *AROUND],
            "Nothing can be decided: the baseline was not steady (beyond a limit: Dec 2023).",
        ),
    ],
)
def test_each_outcome_is_said_with_its_reason(values, said):
    found = decided(values)
    assert decision(found) == f"{said} {found.caution}"


def test_unsteady_runs_and_points_are_both_named():
    found = decided([*[49, 48] * 4, *[52, 53] * 4, *AROUND], change=17)
    assert "(its runs signal)" in decision(found)


def test_more_follow_up_than_eight_points_is_asked_for_by_its_number():
    said = decision(decided([*CALM, *AROUND], follow_up=12))
    assert said.startswith("Too early to say: 8 points after the change, where 12 are needed.")


def test_a_decision_by_the_runs_and_one_both_ways_say_so():
    runs = decided([*CALM, *[49] * 7, 52, *[49] * 7, 52], with_runs=True)
    both = decided([*CALM, *[53] * 8, *[48] * 8])
    assert decision(runs).startswith(
        "Improved: the runs after the change signal, most points on the better side"
    )
    assert "There was such a run on the other side too; the later one decided." in decision(both)


def test_the_size_stands_between_the_decision_and_the_caution():
    found = decided([*CALM, *[44, 47] * 6])
    said = decision(found, unit="minutes")
    assert (
        "lie on the better side of the line. Size: step at the change −5.00 (−7.01 to −2.99). This rule"
        in said
    )


def test_picture_sentence_and_table_tell_of_the_same_change():
    found = decided([*CALM, *[49] * 8])
    svg = decision_svg(found, title="Waits", unit="minutes")
    opened(svg)
    assert decision_sentence(found, title="Waits", unit="minutes") in svg.replace("&#x27;", "'")
    assert "Jan 2024: Change" in svg
    assert decision_table(found, title="Waits").rows[12][-1] == "Change"
