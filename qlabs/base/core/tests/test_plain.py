import pytest

from qlabs.base.core.plain import closed, isolated, plain, plain_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ann \u00a0\u2003 Reed\u202f", "Ann Reed"),
        ("Si\u200ba\u0302n\ufeff Tho\u00admas", "Siân Thomas"),
        ("\u202eAnn\u202c \u2067Reed\u2069\u200f", "Ann Reed"),
        ("\u0646\u06cc\u200c\u0644\u0648\u0641\u0631", "\u0646\u06cc\u200c\u0644\u0648\u0641\u0631"),
        ("A\u200dnn\u200c", "Ann"),
        ("O’Neill-Mac an Bháird", "O’Neill-Mac an Bháird"),
    ],
)
def test_a_name_is_kept_as_it_is_seen(typed, kept):
    assert plain(typed) == kept


@pytest.mark.parametrize(
    "typed", ["Ann@Example.org\u00a0", "\ufeffann\u200b@example.org", "\u202aann@exa\u00admple.org\u202c"]
)
def test_an_address_is_kept_without_what_cannot_be_seen(typed):
    assert plain_address(typed) == "ann@example.org"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("plain – text", "plain – text"),
        ("\u202eevil", "\u202eevil\u202c"),
        ("a\u2067b\u202ec\u2069d", "a\u2067b\u202ecd\u202c\u2069"),
        ("out\u2069\u202c of it", "out of it"),
        ("one\u202e\ntwo", "one\u202e\u202c\ntwo"),
        ("\u202eshut\u202c", "\u202eshut\u202c"),
    ],
)
def test_a_line_ends_the_changes_of_direction_that_it_begins(text, kept):
    assert closed(text) == kept


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é – 水", "plain é – 水"),
        ("\u202eevil", "\u2068\u202eevil\u202c\u2069"),
        ("\u05d0\u05d1 5", "\u2068\u05d0\u05d1 5\u2069"),
        ("\u05d0\n\nb", "\u2068\u05d0\u2069\n\n\u2068b\u2069"),
        ("\u2068\u05d0\u2069", "\u2068\u05d0\u2069"),
        ("\u2068a\u2069\u05d0\u2068b\u2069", "\u2068\u2068a\u2069\u05d0\u2068b\u2069\u2069"),
    ],
)
def test_text_that_turns_stands_alone(text, shown):
    assert isolated(text) == isolated(isolated(text)) == shown
