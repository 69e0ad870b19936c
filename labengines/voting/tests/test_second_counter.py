"""The engine and a counter in SQL, written apart, agree on 10,000 random profiles."""

import random

import pytest

from labengines.voting import count

from .second_counter import Counter

SIZE = 4
NAMES = tuple(str(option) for option in range(SIZE))


def drawn(number, seed):
    """Random profiles, ballots cut short and small numbers, so that ties are common."""
    chance = random.Random(seed)
    return [
        {
            tuple(chance.sample(range(SIZE), chance.randint(1, SIZE))): chance.randint(1, 5)
            for _ in range(chance.randint(1, 6))
        }
        for _ in range(number)
    ]


@pytest.mark.slow
def test_two_counters_agree_on_10000_profiles():
    profiles = drawn(10_000, 20170412)
    other = Counter(profiles, SIZE)
    named = [{tuple(map(str, ballot)): n for ballot, n in profile.items()} for profile in profiles]

    def level(rule, **choices):
        results = [count(profile, options=NAMES, rule=rule, **choices) for profile in named]
        return {p: set(map(int, result.ties or result.winners)) for p, result in enumerate(results)}, {
            (p, int(option)): votes for p, result in enumerate(results) for option, votes in result.tallies
        }

    for rule, choices, sql in (
        ("first-choices", {}, Counter.PLURALITY),
        ("approval", {}, Counter.APPROVAL),
        ("borda", {"unranked": "symmetric"}, Counter.SYMMETRIC),
        ("borda", {"unranked": "domination"}, Counter.DOMINATION),
        ("copeland", {}, Counter.COPELAND),
    ):
        winners, tallies = level(rule, **choices)
        assert winners == other.best(sql), rule
        assert tallies == other.numbers(sql), rule
    assert level("schulze")[0] == other.schulze()
    assert level("instant-runoff", tied_last="together")[0] == other.runoff()
