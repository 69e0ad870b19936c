"""What the folder of reference cases need not hold: facets, phases by label, refusals, unknown families."""

import pytest

from labengines.spc.errors import Unknown
from labtools import cases, jsons

MONTHS = [f"2024-{month:02}-01" for month in range(1, 7)]


def qic(chart="i", options=None, **given):
    columns = {"x": list(range(1, len(given["y"]) + 1))} | given
    return {
        "family": "qic",
        "chart": chart,
        "x_type": "number",
        "input": columns,
        "options": {"screened_mr": False} | (options or {}),
    }


def ptd(options=None, **given):
    asked = {"improvement_direction": "increase", "screen_outliers": False} | (options or {})
    return {"family": "ptd", "chart": "xmr", "input": given, "options": asked}


def run(case):
    return jsons.plain(cases.run(case))


def test_facets_are_charts_of_their_own_in_the_order_of_their_names():
    found = run(qic(x=[1, 1, 2, 2, 3, 3], y=[5, 1, 6, 3, 7, 2], facet1=["b", "a"] * 3))
    points, summary = found["points"], found["summary"]
    assert points["facet1"] == ["a"] * 3 + ["b"] * 3
    assert points["xx"] == [1, 2, 3] * 2
    assert points["y"] == [1, 3, 2, 5, 6, 7]
    assert (summary["facet1"], summary["CL"]) == (["a", "b"], [2, 6])


def test_two_facets_cross():
    found = run(qic(x=[1] * 4, y=[1, 2, 3, 4], facet1=[2, 10, 2, 10], facet2=["v", "v", "u", "u"]))
    names = list(zip(found["points"]["facet1"], found["points"]["facet2"], strict=True))
    assert names == [(2, "u"), (2, "v"), (10, "u"), (10, "v")]
    assert found["points"]["y"] == [3, 1, 4, 2]


def test_limits_are_raised_to_zero_only_where_no_facet_is_below():
    columns = {"x": [1, 1, 2, 2, 3, 3], "facet1": ["a", "b"] * 3}
    raised = run(qic(y=[1, 5, 9, 6, 1, 5], options={"y_neg": False}, **columns))["points"]["lcl"]
    kept = run(qic(y=[1, -5, 9, 6, 1, 5], options={"y_neg": False}, **columns))["points"]["lcl"]
    assert raised[:3] == [0, 0, 0]
    assert kept[:3] == [pytest.approx(11 / 3 - 3 * 8 / 1.128)] * 3


def test_a_phase_begins_where_its_label_first_appears():
    labels = ["before"] * 3 + ["after"] * 3
    found = run(qic(y=[1, 2, 3, 11, 12, 13], part_label=labels))
    assert found["points"]["part"] == [1, 1, 1, 2, 2, 2]
    assert found["summary"]["CL"] == [2, 12]


def test_a_line_for_each_row_is_cut_by_facet():
    found = run(qic(x=[1, 1, 2, 2], y=[1, 2, 3, 4], facet1=["b", "a"] * 2, options={"cl": [10, 20, 11, 21]}))
    assert found["points"]["cl"] == [20, 21, 10, 11]


@pytest.mark.parametrize(("function", "y"), [("mean", 4), ("median", 3), ("sum", 12)])
def test_rows_of_one_period_are_joined_as_asked(function, y):
    found = run(qic("run", x=[1, 1, 1, 2], y=[2, 3, 7, 5], options={"agg_fun": function}))
    assert found["points"]["y"] == [y, 5]


def test_dates_come_back_as_they_were_written():
    case = qic(x=MONTHS[::-1], y=[6, 5, 4, 3, 2, 1]) | {"x_type": "date"}
    assert run(case)["points"]["x"] == MONTHS
    assert run(case)["points"]["y"] == [1, 2, 3, 4, 5, 6]


def test_a_facet_without_a_target_gets_the_icon_that_the_package_gives_it():
    given = {"date": MONTHS * 2, "y": [5, 6] * 6, "facet": ["a"] * 6 + ["b"] * 6}
    found = run(ptd({"target": {"a": 100}}, **given))
    assert found["assurance"] == {"facet": ["a", "b"], "assurance_type": ["consistent_fail", "inconsistent"]}
    assert found["points"]["target"] == [100] * 6 + [None] * 6


def test_each_facet_may_begin_again_on_a_day_of_its_own():
    given = {"date": MONTHS * 2, "y": [5, 6] * 6, "facet": ["a"] * 6 + ["b"] * 6}
    found = run(ptd({"rebase": {"b": "2024-04-01"}}, **given))
    assert found["points"]["rebase_group"] == [0] * 9 + [1] * 3
    assert found["summary"]["f"] == ["a", "b", "b"]


def test_groups_are_counted_from_a_rebase_on_the_first_day():
    found = run(ptd({"rebase": [MONTHS[0], MONTHS[3]]}, date=MONTHS, y=[5, 6] * 3))
    assert found["points"]["rebase_group"] == [1, 1, 1, 2, 2, 2]
    assert found["summary"]["rebase_group"] == [1, 2]


@pytest.mark.parametrize("chart", ["i", "mr", "t"])
def test_an_infinite_rate_leaves_no_limits_and_no_warning(chart):
    found = run(qic(chart, y=[1, 2, 3], n=[10, 0, 10]))["points"]
    assert found["y"][1] == "Infinity"
    assert found["ucl"] == [None, None, None]


@pytest.mark.parametrize("options", [{"part": 3}, {"part": [3]}, {"part": [0, 3, 3, 9]}])
def test_one_number_is_a_list_of_one(options):
    assert run(qic(y=[1, 2, 3, 4, 5, 6], options=options))["points"]["part"] == [1, 1, 1, 2, 2, 2]


def test_a_refusal_is_an_answer():
    assert run(qic("t", y=[3, 0, 2]))["error"].startswith("spc.out_of_range (field='values'")


def test_a_family_without_a_runner_is_refused():
    with pytest.raises(Unknown) as refused:
        cases.run({"family": "tea-leaves"})
    assert refused.value.params["value"] == "tea-leaves"
