import pytest

from qlabs.base.core.plain import plain, plain_address


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
