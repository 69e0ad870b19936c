"""Pareto: reference answers, ties, and what must hold for any list of categories."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labengines.spc import errors
from labengines.spc.ordering import pareto
from labengines.spc.tests.effect_cases import reference

words = st.lists(st.sampled_from(["falls", "Drugs", "notes", "delay", None]), max_size=40)


def test_pareto_equals_qicharts2():
    given_, expected = reference("pareto-ties")

    found = pareto(given_["category"])

    assert list(found.categories) == expected["category"]
    assert found.counts.tolist() == expected["count"]
    assert found.cumulative.tolist() == expected["cum_count"]
    np.testing.assert_allclose(found.shares, expected["p"], rtol=1e-9)
    np.testing.assert_allclose(found.cumulative_shares, expected["p_cum"], rtol=1e-9)


def test_ties_stand_in_alphabetical_order_numbers_first_nothing_last():
    found = pareto(["B", None, "b", 10, "a", 9, float("nan")], [2, 1, 2, 2, 2, 2, 1], keep_missing=True)

    assert found.categories == (9, 10, "a", "b", "B", None)
    assert found.counts.tolist() == [2] * 6


def test_rows_without_a_category_are_left_out_unless_wanted():
    assert pareto(["a", None, None]).categories == ("a",)
    assert pareto(["a", None, None], keep_missing=True).categories == (None, "a")


def test_rows_may_count_more_than_once():
    found = pareto(["x", "y", "x"], [1.5, 4, None])

    assert (found.categories, found.counts.tolist()) == (("y", "x"), [4, 1.5])


def test_no_row_and_no_count_have_no_shares():
    assert pareto([]).categories == ()
    assert np.isnan(pareto(["a"], [0]).shares).all()


@given(words, st.randoms())
def test_the_order_of_rows_does_not_matter(categories, random):
    shuffled = random.sample(categories, len(categories))
    one, other = (pareto(rows, keep_missing=True) for rows in (categories, shuffled))

    assert one.categories == other.categories
    assert one.counts.tolist() == other.counts.tolist() == sorted(one.counts, reverse=True)
    assert one.counts.sum() == len(categories)


@pytest.mark.parametrize(
    ("counts", "error"),
    [([1], errors.DifferentLengths), ([1, -1], errors.OutOfRange), ([1, "x"], errors.NotANumber)],
)
def test_counts_that_cannot_be_are_refused(counts, error):
    with pytest.raises(error):
        pareto(["a", "b"], counts)
