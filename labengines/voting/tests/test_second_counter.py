"""The engine and a counter in SQL, written apart, agree on 10,000 random profiles."""

import json
import random
import shutil
import subprocess

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


@pytest.mark.skipif(not shutil.which("belenios-tool"), reason="belenios-tool is not installed")
def test_belenios_agrees_on_schulze():
    for profile in drawn(20, 7):
        ballots = [ballot for ballot, number in profile.items() for _ in range(number)]
        ranks = [[ballot.index(o) + 1 if o in ballot else SIZE for o in range(SIZE)] for ballot in ballots]
        done = subprocess.run(
            ["belenios-tool", "method", "schulze", "--nchoices", str(SIZE), "--blank-allowed", "true"],
            input=json.dumps(ranks), capture_output=True, text=True, check=True,
        )  # fmt: skip
        mine = count(
            {tuple(map(str, ballot)): n for ballot, n in profile.items()}, options=NAMES, rule="schulze",
            strength="winning-votes",
        )  # fmt: skip
        assert set(map(int, mine.ties or mine.winners)) == set(json.loads(done.stdout)["winners"][0])
