"""Empty votes, options without votes, equal ranks, and what an excluded option keeps."""

import pytest

from labengines.voting import RULES, count

from .test_rules import NEEDED


@pytest.mark.parametrize("rule", RULES)
def test_no_ballots_elect_nobody(rule):
    result = count({}, options=("a", "b"), rule=rule, seats=1, **NEEDED.get(rule, {}))

    assert result.winners == ()
    assert result.valid == 0


def test_an_option_without_a_vote_fills_no_seat():
    result = count({("a",): 2}, options="abc", rule="approval", seats=2)

    assert (result.winners, result.ties) == (("a",), ())


def test_equal_ranks_count_for_neither():
    rows = count({("a", ("b", "c")): 2, (("a", "b"),): 1}, options="abc", rule="copeland").pairwise

    assert rows == ((0, 2, 3), (0, 0, 1), (0, 0, 0))


def test_meek_leaves_an_excluded_option_nothing():
    result = count({("a",): 4, ("b", "c"): 3, ("c", "b"): 2}, options="abc", rule="stv-meek")

    assert dict(result.stages[1].tallies) == {"a": 4, "b": 5, "c": 0}
