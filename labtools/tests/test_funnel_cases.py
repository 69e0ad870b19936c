"""Funnels and medians that the folder of reference cases need not hold: other data types, rates, short groups."""

import pytest

from labtools import cases, jsons

EVENTS, SIZES, NAMES = [90, 60, 120, 110], [100, 80, 100, 130], ["d", "B", "a", "c"]


def funnel(**options):
    case = {
        "family": "funnel",
        "chart": "funnel-SR",
        "input": {"group": NAMES, "numerator": EVENTS, "denominator": SIZES},
        "options": {"data_type": "SR", "adjust_overdispersion": True, "outlier_limit": 95} | options,
    }
    return jsons.plain(cases.run(case))


def rates(**options):
    columns = {
        "group": NAMES[:3],
        "numerator": [12, 0, 40],
        "rate": [1200, 0, 2000],
        "denominator": [999, 900, 999],
    }
    asked = {"statistic": "rate", "multiplier": 100000, "years_of_data": 3} | options
    return jsons.plain(
        cases.run({"family": "funnel-phe", "chart": "rate", "input": columns, "options": asked})
    )


def rebase(lengths, **options):
    rows = [(group, f"20{month:02}-01-01", 5) for group, length in lengths.items() for month in range(length)]
    group, date, y = (list(column) for column in zip(*rows, strict=True))
    asked = {"med_rows": 3, "runlength": 2, "direction": "both"} | options
    case = {
        "family": "rebase-run",
        "chart": "run",
        "input": {"group": group, "date": date, "y": y},
        "options": asked,
    }
    return jsons.plain(cases.run(case))


def test_units_come_in_the_order_of_their_names():
    points = funnel(sr_method="SHMI")["points"]

    assert (points["group"], points["numerator"]) == (["a", "B", "c", "d"], [120, 60, 110, 90])


def test_the_root_scale_is_left_as_the_package_leaves_it():
    found = funnel(sr_method="CQC", adjust_overdispersion=False, multiplier=100)

    at_a = {name: column[0] for name, column in found["points"].items()}
    assert (found["phi"], found["tau2"], at_a["target_transformed"]) == (0, 0, 1)
    assert at_a["OD95UCL"] == pytest.approx(100 * (1 + 1.959964 / 20))
    assert at_a["UCL95"] == pytest.approx(
        121.627, abs=0.001
    )  # exact Poisson interval of 100 events: 81.36 to 121.63


def test_a_crude_rate_takes_the_population_where_nothing_happened():
    found = rates(rate_type="crude")

    assert found["limits"]["baseline"][0] == pytest.approx(52 / (1000 + 900 + 2000) * 100000)
    assert found["significance"] == ["Not significant", "Low (0.001)", "High (0.025)"]


def test_a_standardised_rate_is_not_judged_below_ten_events():
    found = rates(rate_type="dsr")

    assert found["limits"]["baseline"][0] == pytest.approx(52 / (1000 + 2000) * 100000)
    assert found["significance"][1] == "Not applicable for events less than 10 for dsrs"


def test_short_groups_keep_their_first_median_or_none():
    found = rebase({"long": 6, "middle": 4, "short": 2})["medians"]

    assert (found["group"], found["run_type"]) == (["long", "middle"], ["baseline", "baseline"])
    assert found["extend_to"] == ["2005-01-01", "2005-01-01"]


def test_groups_that_are_all_too_short_are_refused():
    assert set(rebase({"middle": 4, "short": 2})) == {"error"}
