import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlabs.base.people.transfer.formulas import as_typed, harmless


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+44 1", "'+44 1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("|x", "'|x"),
        ("＝1", "'＝1"),
        (" \t =1", " \t '=1"),
        ("a;=1", "a;'=1"),
        ("a; =1", "a; '=1"),
        ("a\t=1", "a\t'=1"),
        ("a \r\n -1", "a \r\n '-1"),
        ("==1", "'==1"),
        ("Ann-Marie = 1; two", "Ann-Marie = 1; two"),
        ("a - b", "a - b"),
        ("'=1", "'=1"),
        ("\t1", "\t1"),
        ("", ""),
    ],
)
def test_an_apostrophe_stands_before_what_could_start_a_formula(cell, written):
    assert harmless(cell) == written


@given(st.text(alphabet="=-＠;\t\n '\"a", max_size=12))
def test_every_cell_is_read_again_as_it_was_typed(text):
    typed = as_typed(text)
    assert as_typed(harmless(typed)) == typed
    assert harmless(harmless(typed)) == harmless(typed)


def test_a_long_run_of_line_ends_is_read_at_once():
    assert harmless("\n\t" * 500_000) == as_typed("\n\t" * 500_000) == "\n\t" * 500_000
