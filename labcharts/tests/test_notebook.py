"""Any result shown: picture, sentence and table belong together."""

import re

import pytest

import labcharts
from labcharts.spc.tests.drawn import HOSTILE, opened, sites, waits
from labengines.spc.cumulative import bernoulli_cusum, cusum, ewma
from labengines.spc.funnels import funnel
from labengines.spc.ordering import pareto
from labengines.spc.verdicts import verdict

RESULTS = {
    "chart": waits,
    "charts": lambda: {"North": waits(), "South": waits()},
    "verdict": lambda: verdict([5, 6, 4] * 4 + [3] * 8, "i", change=13, direction="decrease"),
    "funnel": lambda: funnel([1, 2, 30], [50, 60, 70]),
    "forest": sites,
    "pareto": lambda: pareto(["Late", "Dose"], [3, 4]),
    "ewma": lambda: ewma([1, 5, 2, 9]),
    "cusum": lambda: cusum([1, 5, 2, 9]),
    "cases": lambda: bernoulli_cusum([0, 1, 0, 1], target=0.2),
}


@pytest.mark.parametrize("kind", RESULTS)
def test_each_result_is_shown_whole(kind):
    shown = labcharts.show(RESULTS[kind](), title=HOSTILE, width=390)
    opened(shown._repr_svg_())
    page = shown._repr_html_()
    assert page.startswith(shown.svg)
    assert page.count("<table") == page.count("</table>") == len(shown.tables)
    assert "<script" not in page
    assert str(shown).startswith(shown.sentence)
    for table in shown.tables:
        assert all(text in str(table) for text in table.rows[-1])
        assert page.count("<caption>") == len(shown.tables)


def test_a_note_on_a_point_reaches_picture_and_table():
    shown = labcharts.show(waits(), title="Waits", unit="%", annotations={3: "Moved ward"})
    assert "Moved ward" in shown.svg
    assert shown.tables[0].rows[2][-1] == "Moved ward"


def test_what_has_no_picture_is_refused():
    with pytest.raises(TypeError, match="there is no picture of list"):
        labcharts.show([1, 2, 3])


def test_a_table_is_read_by_row_and_column():
    table = labcharts.spc_table(waits(), title="Waits & <more>", unit="%")
    html = labcharts.table_html(table)
    assert html.count('<th scope="col"') == len(table.headings)
    assert html.count('<th scope="row">') == len(table.rows) == 36
    assert "<caption>Waits &amp; &lt;more&gt;</caption>" in html
    cells = re.findall(r"<t[dh](?: [^>]*)?>(.*?)</t[dh]>", html)
    assert cells[: len(table.headings)] == list(table.headings)
    assert cells[len(table.headings) :] == [text for row in table.rows for text in row]


def test_columns_that_say_nothing_are_left_out():
    assert labcharts.spc_table(waits(), title="Waits").headings == (
        "Period",
        "Numerator",
        "Denominator",
        "Value",
        "Centre line",
        "Lower limit",
        "Upper limit",
        "Signal",
    )
