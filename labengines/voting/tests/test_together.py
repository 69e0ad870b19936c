"""Several breakdowns side by side: what may be shown, and an attacker who lists every possible vote."""

import itertools
import random
from collections import Counter, defaultdict

import pytest
import scipy.optimize

from labengines.voting import Row, disclose, disclose_together
from labengines.voting import together as judging

OPTIONS = ("a", "b", "")


def tally(votes):
    numbers = Counter(votes)
    return {option: numbers[option] for option in OPTIONS}


def tables(people, votes):
    """{name: {group: tally}} of votes cast by people with one group in each of two breakdowns."""
    return {
        name: {
            group: tally(vote for person, vote in zip(people, votes, strict=True) if person[place] == group)
            for group in sorted({person[place] for person in people} - {""})
        }
        for place, name in enumerate(("nation", "perspective"))
    }


def together(people, votes, threshold):
    return disclose_together(
        tables(people, votes), totals=tally(votes), people=Counter(people), threshold=threshold
    )


def one_by_one(people, votes, threshold):
    return {
        name: disclose(groups, totals=tally(votes), threshold=threshold)
        for name, groups in tables(people, votes).items()
    }


def spread(cells):
    """(people, votes) of {(nation, perspective): votes as text}."""
    people = [cell for cell, votes in cells.items() for _ in votes]
    return people, [vote.strip("-") for votes in cells.values() for vote in votes]


ONE_WELSH_CARER = {
    ("Wales", "carer"): "b", ("Wales", "staff"): "bbbbbaaaaaa",
    ("England", "carer"): "aaaaaaaaaa--", ("England", "staff"): "aaaaaaaaaaaaaaaaaa--",
}  # fmt: skip


def test_tables_that_tell_nothing_together_are_shown_as_each_would_be():
    people, votes = spread(
        {("n", "p"): "aabbab" * 3, ("n", "q"): "ababba" * 3, ("m", "p"): "ab" * 8, ("m", "q"): "ba" * 9}
    )
    found = together(people, votes, 10)

    assert found == one_by_one(people, votes, 10)
    assert [shown.hidden for shown in found.values()] == [(), ()]


def test_the_only_carer_of_a_nation_that_alone_chose_an_option_is_not_given_away():
    people, votes = spread(ONE_WELSH_CARER)
    apart, found = one_by_one(people, votes, 10), together(people, votes, 10)

    assert [shown.hidden for shown in apart.values()] == [(), ()]
    assert found["nation"] == apart["nation"]
    assert found["perspective"].hidden == ("carer", "staff")


def test_the_breakdown_named_first_is_kept():
    people, votes = spread(ONE_WELSH_CARER)
    turned = dict(reversed(tables(people, votes).items()))
    crossed = Counter((perspective, nation) for nation, perspective in people)
    found = disclose_together(turned, totals=tally(votes), people=crossed)

    assert found["perspective"].hidden == ()
    assert found["nation"].hidden == ("England", "Wales")


def test_a_voter_who_did_not_cast_in_every_breakdown_is_counted_as_not_given():
    people, votes = spread(ONE_WELSH_CARER)
    groups = tables(people, votes)
    groups["perspective"]["staff"]["a"] -= 1
    found = disclose_together(groups, totals=tally(votes), people=Counter(people))

    assert found["nation"].hidden == ()
    assert found["perspective"].hidden == ("carer", "")


def test_tables_that_contradict_each_other_are_not_shown_together():
    people, votes = spread(ONE_WELSH_CARER)
    groups = tables(people, votes)
    groups["perspective"]["carer"]["b"] += 9
    found = disclose_together(groups, totals=tally(votes), people=Counter(people))

    assert found["nation"].hidden == ()
    assert set(found["perspective"].hidden) == {"carer", "staff"}


def test_one_breakdown_is_judged_by_itself():
    people, votes = spread(ONE_WELSH_CARER)
    nation = {"nation": tables(people, votes)["nation"]}
    totals = tally(votes)

    assert disclose_together(nation, totals=totals, people={("Wales",): 12, ("England",): 32}) == {
        "nation": disclose(nation["nation"], totals=totals)
    }


def made_up(number, *, nations, perspectives, options, seed):
    """Arguments of `disclose_together` for a vote of so many people; the first options have the most votes."""
    draw = random.Random(seed)
    ids = [f"option {option}" for option in range(options)]
    weights = [2.0**-place for place in range(options)]
    people = [(draw.randrange(nations), draw.randrange(perspectives)) for _ in range(number)]
    votes = draw.choices(ids, weights, k=number)
    groups = {
        name: {
            f"{name} {group}": {
                option: sum(
                    vote == option and person[place] == group
                    for person, vote in zip(people, votes, strict=True)
                )
                for option in ids
            }
            for group in sorted({person[place] for person in people})
        }
        for place, name in enumerate(("nation", "perspective"))
    }
    cells = Counter((f"nation {nation}", f"perspective {perspective}") for nation, perspective in people)
    return {"breakdowns": groups, "totals": {option: votes.count(option) for option in ids}, "people": cells}


@pytest.mark.parametrize("options", [5, 12, 16, 50])
def test_a_ballot_of_many_options_is_judged_in_no_more_steps_than_one_of_few(options, monkeypatch):
    used, solve = [], scipy.optimize.milp

    def counted(cost, **more):
        used.append(max(len(cost), 100))
        return solve(cost, **more)

    monkeypatch.setattr(scipy.optimize, "milp", counted)
    disclose_together(**made_up(447, nations=4, perspectives=9, options=options, seed=9))

    assert sum(used) <= 40_000


def test_ways_to_vote_that_were_found_are_not_looked_for_again_when_more_is_hidden(monkeypatch):
    looked, solve = [], scipy.optimize.milp

    def counted(cost, **more):
        looked.append(min(cost) < 0)
        return solve(cost, **more)

    monkeypatch.setattr(scipy.optimize, "milp", counted)
    found = disclose_together(**made_up(100, nations=4, perspectives=6, options=6, seed=1))

    assert sum(row.shown for row in found["perspective"].rows) == 2
    assert sum(looked) == judging.FIRST_WORLDS


def test_a_second_table_for_which_the_steps_do_not_suffice_is_hidden_whole_and_the_first_is_kept():
    found = disclose_together(**made_up(447, nations=4, perspectives=9, options=50, seed=9))

    assert found["nation"].hidden == ()
    assert not any(row.shown for row in found["perspective"].rows)


@pytest.mark.parametrize("steps", [0, 2_500, 5_000, 40_000])
def test_fewer_steps_never_show_more(steps, monkeypatch):
    votes = [
        made_up(number, nations=2, perspectives=3, options=options, seed=1)
        for number, options in itertools.product((24, 60), (2, 4))
    ]
    monkeypatch.setattr(judging, "MOST_STEPS", 10**9)
    best = [rows_shown(disclose_together(**vote, threshold=5)) for vote in votes]
    monkeypatch.setattr(judging, "MOST_STEPS", steps)

    assert all(
        rows_shown(disclose_together(**vote, threshold=5)) <= rows
        for vote, rows in zip(votes, best, strict=True)
    )


# The attack. She has both tables, the totals, the roll with everybody's groups, who took part, and her own
# vote. She lists all votes from which the same rows come out; a vote that is the same in all of them is a
# secret lost, unless the totals and her own vote told it already.


def surely_known(worlds, people):
    """{(own, own vote, other, vote)}: what each person knows of each other one."""
    known = set()
    for own, vote in itertools.product(range(len(people)), OPTIONS):
        mine = [world for world in worlds if world[own] == vote]
        for other in set(range(len(people))) - {own} if mine else ():
            votes = {world[other] for world in mine}
            known |= {(own, vote, other, *votes)} if len(votes) == 1 else set()
    return known


def rows_shown(found):
    return {(name, row) for name, breakdown in found.items() for row in breakdown.rows if row.shown}


def secrets_lost(people, threshold, publish):
    worlds_of = defaultdict(dict)
    for votes in itertools.product(OPTIONS[:2], repeat=len(people)):
        worlds_of[Counter(votes)["a"]][votes] = all_rows(people, votes)
    lost = 0
    for worlds in worlds_of.values():
        told = surely_known(list(worlds), people)
        for shown in {frozenset(rows_shown(publish(people, votes, threshold))) for votes in worlds}:
            same = [votes for votes, rows in worlds.items() if shown <= rows]
            lost += len(surely_known(same, people) - told)
    return lost


def all_rows(people, votes):
    """Both tables with nothing hidden."""
    return {
        (name, Row(group, shown=True, tallies=(("a", tally["a"]), ("b", tally["b"])), blanks=tally[""]))
        for name, groups in tables(people, votes).items()
        for group, tally in groups.items()
    }


COMMUNITIES = [
    "np nq nq mp mp mq mq",
    "np nq nq nq mp mp mp mq",
    "np np nq nq nq mq mq mq",
    "np nq nq mq mp mp lp lq",
]


@pytest.mark.parametrize("community", COMMUNITIES)
def test_no_attacker_learns_a_vote_from_both_tables(community):
    people = [tuple(person) for person in community.split()]

    assert secrets_lost(people, 3, together) == 0


def test_the_attack_breaks_tables_judged_one_by_one():
    people = [tuple(person) for person in COMMUNITIES[1].split()]

    assert secrets_lost(people, 3, one_by_one) > 0
