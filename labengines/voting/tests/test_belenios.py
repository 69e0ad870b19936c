"""The count programs of Belenios, written apart, elect the same wherever their rules are ours.

Found by trial with belenios-tool 2.0. Schulze: a majority weighs its votes for it ("winning-votes") and,
among equals, more the fewer votes are against it; ours has no such second step. An option not ranked is
below all others. Transferable vote: the quota of the Scottish rule and its surpluses over all ballots,
but in floating point without rounding; a ballot that ranks two equal is left out whole; who is elected
still takes votes until the own surplus is moved; in a tie the last on the ballot leaves.
"""

import json
import random
import shutil
import subprocess
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from labengines.voting import count

pytestmark = pytest.mark.skipif(
    not shutil.which("belenios-tool"), reason="belenios-tool is not installed (Debian package belenios-tool)"
)
ELECTIONS = Path("../shared/data/voting/elections")
CLOSE = Fraction(1, 100)  # of a vote: more than all that rounding to five decimals takes in these counts


def belenios(method, profile, *, options, **settings):
    """What belenios-tool answers. profile: {ballot of ids, equal ones in a tuple: number}."""
    rows = []
    for ballot, number in profile.items():
        rank = {o: at for at, level in enumerate(ballot, 1) for o in level}
        rows += [[rank.get(option, 0) for option in options]] * number
    given = [f"--{name.replace('_', '-')}={value}" for name, value in settings.items()]
    done = subprocess.run(
        ["belenios-tool", "method", method, *given],
        input=json.dumps(rows), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def schulze(profile, options):
    """(ids of their winners, their matrix of how many ballots rank the row above the column)."""
    found = belenios("schulze", profile, options=options, nchoices=len(options), blank_allowed="true")
    return {options[place] for place in found["winners"][0]}, found["raw"]


def transferable(profile, options, seats):
    """(ids of their winners, ids in the order in which they lost, whether they met a tie)."""
    found = belenios("stv", profile, options=options, nseats=seats)
    lost = [options[what] for event, what in found["events"] if event == "Lose"]
    tied = any(event.startswith("Tie") for event, _ in found["events"])
    return {options[place] for place in found["winners"]}, lost, tied


def drawn(number, *, seed, size, most, equal=False, whole=False):
    """Random profiles of `size` options. most: ballots of a kind. equal: with equal ranks. whole: all ranked."""
    chance = random.Random(seed)
    for _ in range(number):
        profile = {}
        for _ in range(chance.randint(3, 8)):
            ballot = chance.sample("ABCDE"[:size], size if whole else chance.randint(1, size))
            if equal and len(ballot) > 1 and chance.random() < 0.5:
                ballot = [*ballot[:-2], "".join(sorted(ballot[-2:]))]
            profile[tuple(map(tuple, ballot))] = chance.randint(1, most)
        yield "ABCDE"[:size], profile


def winners(result):
    """Ids of who wins or ties for it."""
    return set(result.ties or result.winners)


def second_step(raw):
    """Whether two majorities have equal votes for them and unequal votes against them."""
    size = range(len(raw))
    majorities = {(raw[a][b], raw[b][a]) for a in size for b in size if raw[a][b] > raw[b][a]}
    return len({won for won, _ in majorities}) < len(majorities)


def clear(result, named):
    """Whether nothing can matter that the two rules of transferable votes treat differently.

    Every option stands on some ballot; there is no tie; no two are elected by the quota at once (so none takes
    votes while waiting); nobody comes within `CLOSE` of the quota or, unless lowest, of the lowest.
    """
    if named != {option for option, _ in result.tallies} or result.every_tie:
        return False
    gone = set()
    for stage in result.stages:
        standing = sorted(votes for option, votes in stage.tallies if option not in gone)
        near = any(abs(votes - stage.needed) < CLOSE for votes in standing)
        level = len(standing) > 1 and standing[1] - standing[0] < CLOSE
        if near or level or [why for _, why in stage.why].count("quota") > 1:
            return False
        gone |= {*stage.elected, *stage.excluded}
    return True


def test_schulze_by_winning_votes_elects_the_same():
    compared = fewer = 0
    for options, profile in drawn(1500, seed=7, size=4, most=9, equal=True):
        theirs, raw = schulze(profile, options)
        result = count(profile, options=options, rule="schulze", strength="winning-votes")
        assert raw == list(map(list, result.pairwise))
        if second_step(raw):
            assert theirs <= winners(result)
            fewer += theirs < winners(result)
        else:
            compared += 1
            assert theirs == winners(result)
    assert compared > 300
    assert fewer > 0


def test_schulze_by_either_strength_elects_the_same_where_all_is_ranked():
    circles = 0
    for options, profile in drawn(300, seed=8, size=4, most=5, whole=True):
        theirs, _raw = schulze(profile, options)
        for strength in ("winning-votes", "margins"):
            assert winners(count(profile, options=options, rule="schulze", strength=strength)) == theirs
        circles += not count(profile, options=options, rule="condorcet").winners
    assert circles > 30


def test_a_majority_with_fewer_against_it_weighs_more_only_there():
    """A over B by 6 to 5 and C over A by 6 to 2 are equal to us; to Belenios the second weighs more."""
    profile = {("C", "A", "B"): 6, (("A", "B"),): 2, ("B", ("A", "C")): 5}
    assert schulze(profile, "ABC")[0] == {"B"}
    assert winners(count(profile, options="ABC", rule="schulze", strength="winning-votes")) == {"A", "B"}


@pytest.mark.parametrize("seats", [1, 2, 3])
def test_transferable_votes_elect_and_exclude_the_same(seats):
    compared = 0
    for options, profile in drawn(300, seed=seats, size=5, most=40):
        result = count(profile, options=options, rule="stv-scottish", seats=seats)
        if clear(result, {option for ballot in profile for (option,) in ballot}):
            compared += 1
            lost = [option for stage in result.stages for option in stage.excluded]
            assert transferable(profile, options, seats) == (set(result.winners), lost, False), profile
    assert compared > 30


def elections():
    """(name, profile, options, seats) of each real election by rank that lies beside the project."""
    for path in sorted(ELECTIONS.glob("*.json")):
        election = json.loads(path.read_text())
        if election["type"] != "ranked":
            continue
        profile = Counter()
        for number, ballot in election["ballots"]:
            profile[
                tuple(tuple(map(str, rank if isinstance(rank, list) else [rank])) for rank in ballot)
            ] += number
        options = tuple(str(place) for place, _ in enumerate(election["candidates"], 1))
        yield path.stem, profile, options, election["seats"] or 1


@pytest.mark.skipif(not ELECTIONS.is_dir(), reason="the real elections are not beside the project")
def test_real_elections_have_the_same_winners():
    """The shirt of 2012 is left out of the second part: lots decide it, and its ballots are 30."""
    by_majorities = by_transfer = 0
    for name, profile, options, seats in elections():
        theirs, raw = schulze(profile, options)
        result = count(profile, options=options, rule="schulze", strength="winning-votes")
        assert raw == list(map(list, result.pairwise)), name
        assert winners(result) == theirs, name
        by_majorities += 1
        if name != "tshirt-2012-small-group" and all(len(rank) == 1 for ballot in profile for rank in ballot):
            result = count(profile, options=options, rule="stv-scottish", seats=seats)
            lost = [option for stage in result.stages for option in stage.excluded]
            assert transferable(profile, options, seats)[:2] == (set(result.winners), lost), name
            by_transfer += 1
    assert (by_majorities, by_transfer) == (17, 11)
