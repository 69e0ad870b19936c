import pytest
from django.template import engines
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from qlabs.base.ui.paging import asked, paginate
from qlabs.base.ui.shell import page_query


def get(**query):
    return RequestFactory().get("/", query)


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        ("1", list(range(25))),
        ("3", [50, 51]),
        ("99", [50, 51]),
        ("0", [50, 51]),
        ("two", list(range(25))),
        ("9" * 5000, list(range(25))),
    ],
)
def test_a_page_has_25_rows_and_a_wrong_number_gives_a_page(page, rows):
    assert list(paginate(range(52), get(page=page)).object_list) == rows


def test_the_gap_between_page_numbers_leads_nowhere():
    request = get(page="5")
    page = paginate(range(25 * 10), request)
    template = engines["jinja2"].env.from_string(
        '{% from "ui/components/pagination/macro.jinja" import pagination %}{{ pagination(page, request) }}'
    )
    shown = template.render(page=page, request=request)
    assert shown.count("nhsuk-pagination__item--ellipsis") == 2
    assert "%E2%80%A6" not in shown


def test_an_empty_list_has_one_empty_page():
    page = paginate([], get(page="4"))
    assert (list(page.object_list), page.paginator.num_pages) == ([], 1)


@given(st.text())
def test_no_page_number_breaks_a_list(text):
    assert len(paginate(range(52), get(page=text)).object_list) in (25, 2)


def test_the_next_page_keeps_the_filters():
    assert page_query(get(q="asthma & co", page="1"), 2) == "?q=asthma+%26+co&page=2"


def test_a_search_word_is_cut_and_made_printable():
    assert asked(get(q="  a\x00b" + "c" * 300), "q") == "a\N{REPLACEMENT CHARACTER}b" + "c" * 197
    assert asked(get(), "q") == ""
