"""Every rule on an example whose answer was published, and the cases in which rules differ."""

from fractions import Fraction

import pytest

from labengines.voting import RULES, Tie, count, errors, lot, priorities
from labengines.voting.types import EXHAUSTED

# Schulze (2011), example 1: 45 voters
SCHULZE = {
    tuple("ACBED"): 5, tuple("ADECB"): 5, tuple("BEDAC"): 8, tuple("CABED"): 3,
    tuple("CAEBD"): 7, tuple("CBADE"): 2, tuple("DCEBA"): 7, tuple("EBADC"): 8,
}  # fmt: skip
# Tennessee chooses its capital: Memphis, Nashville, Chattanooga, Knoxville
TENNESSEE = {tuple("MNCK"): 42, tuple("NCKM"): 26, tuple("CKNM"): 15, tuple("KCNM"): 17}
BALLOTS = {"choice": {"a": 3, "b": 2}, "chosen": {("a",): 3, ("b", "a"): 2}, "ranked": {("a", "b"): 3, ("b",): 2},
           "scored": {(5, 0): 3, (0, 4): 2}, "points": {(("a", 2),): 3, (("b", 1),): 2}}  # fmt: skip
NEEDED = {
    "exactly": {"marks": 1},
    "up-to": {"marks": 2},
    "budget-greedy": {"costs": {"a": 1, "b": 2}, "budget": 1},
    "budget-equal-shares": {"costs": {"a": 1, "b": 2}, "budget": 2},
    "budget-phragmen": {"costs": {"a": 1, "b": 2}, "budget": 1},
}


def votes(result):
    return dict(result.tallies)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in ("exactly", "consent")])
def test_every_rule_elects_the_one_that_most_prefer(rule):
    _function, form, _several = RULES[rule]

    result = count(BALLOTS[form], options=("a", "b"), rule=rule, **NEEDED.get(rule, {}))

    assert (result.winners, result.ties, result.decided_by) == (("a",), (), "votes")
    assert (result.rule, result.valid, result.blanks) == (rule, 5, 0)
    assert [option for stage in result.stages for option in stage.elected] == ["a"]
    assert all((option in dict(stage.why)) for stage in result.stages for option in stage.elected)


def test_the_example_with_which_schulze_published_his_rule():
    result = count(SCHULZE, options="ABCDE", rule="schulze")

    assert result.pairwise[0] == (0, 20, 26, 30, 22)
    assert (result.winners, votes(result)) == (("E",), {"A": 3, "B": 1, "C": 2, "D": 0, "E": 4})


@pytest.mark.parametrize(
    ("rule", "winner"),
    [("first-choices", "M"), ("instant-runoff", "K"), ("condorcet", "N"), ("schulze", "N"), ("ranked-pairs", "N"),
     ("copeland", "N"), ("minimax", "N"), ("smith", "N"), ("borda", "N"), ("split-cycle", "N"), ("schwartz", "N")],
)  # fmt: skip
def test_tennessee_has_three_capitals(rule, winner):
    assert count(TENNESSEE, options="MNCK", rule=rule).winners == (winner,)


def test_the_rounds_of_a_run_off_say_who_left_why_and_where_votes_went():
    first, second, third = count(TENNESSEE, options="MNCK", rule="instant-runoff").stages

    assert (first.excluded, first.why, first.needed) == (("C",), (("C", "lowest"),), 51)
    assert (second.moved, second.transfers, second.excluded) == (("C",), (("K", 15),), ("N",))
    assert (third.tallies, third.transfers) == ((("M", 42), ("N", 0), ("C", 0), ("K", 58)), (("K", 26),))
    assert (third.elected, third.why) == (("K",), (("K", "majority"),))


def test_two_treatments_of_a_tied_last_elect_different_options():
    # a has 4; b and c have 3 each: out together a is left, one by one the other gets all
    ballots = {("a",): 4, ("b", "c"): 3, ("c", "b"): 3}

    together = count(ballots, options="abc", rule="instant-runoff", tied_last="together")
    one = count(ballots, options="abc", rule="instant-runoff", tie_break=sorted)
    opened = count(ballots, options="abc", rule="instant-runoff")

    assert (together.winners, together.ties) == (("a",), ())
    assert (one.winners, one.ties, one.decided_by) == (("b",), ("b", "c"), "lot")
    assert (opened.winners, opened.ties, opened.decided_by) == ((), ("b", "c"), "open")
    assert one.every_tie == ((1, Tie("exclusion", ("b", "c"), "lot", ("b", "c"))),)


def test_an_earlier_round_settles_a_tied_last():
    ballots = {("a",): 6, ("b",): 4, ("c",): 3, ("d", "c"): 1}

    second = count(ballots, options="abcd", rule="instant-runoff").stages[1]

    assert (second.excluded, second.ties) == (("c",), (Tie("exclusion", ("b", "c"), "earlier", ("c",)),))


def test_a_batch_leaves_together_when_it_cannot_catch_up():
    ballots = {("a",): 9, ("b",): 8, ("c", "b"): 2, ("d", "b"): 1}

    result = count(ballots, options="abcd", rule="instant-runoff", batch=True)

    assert result.stages[0].excluded == ("c", "d")
    assert (result.winners, len(result.stages)) == (("b",), 2)


def test_a_rank_given_twice_ends_a_ballot():
    result = count({("a", ("b", "c")): 1, (("a", "b"), "c"): 1}, options="abc", rule="instant-runoff")

    assert (result.winners, result.valid, result.blanks) == (("a",), 1, 1)


def test_scottish_surpluses_are_cut_to_five_decimals_and_nothing_is_lost_unseen():
    ballots = {("a", "b"): 5, ("a", "c"): 2, ("a",): 3, ("b",): 2, ("c",): 2}

    result = count(ballots, options="abc", rule="stv-scottish", seats=2)
    second = result.stages[1]

    assert dict(result.choices)["quota"] == 5
    assert second.transfers == (("b", Fraction(5, 2)), ("c", 1), (EXHAUSTED, Fraction(3, 2)))
    assert (votes(result), result.winners) == ({"a": 5, "b": Fraction(9, 2), "c": 0}, ("a", "b"))

    uneven = count({("a", "b"): 7, ("b",): 1, ("c",): 2}, options="abc", rule="stv-scottish", seats=2).stages[
        1
    ]
    assert (uneven.transfers, uneven.lost) == (
        (("b", Fraction(299999, 100000) + Fraction(0)), ("rounding", Fraction(1, 100000))),
        Fraction(1, 100000),
    )


def test_scottish_ties_fall_to_an_earlier_stage_and_else_to_the_lot_that_was_passed_in():
    ballots = {("a",): 4, ("b",): 4, ("c",): 4}

    opened = count(ballots, options="abc", rule="stv-scottish", seats=2)
    drawn = count(ballots, options="abc", rule="stv-scottish", seats=2, tie_break=lot(bytes(32)))

    assert (opened.winners, opened.ties, opened.decided_by) == ((), ("a", "b", "c"), "open")
    assert (len(drawn.winners), drawn.ties, drawn.decided_by) == (2, ("a", "b", "c"), "lot")


def test_meek_lets_the_elected_keep_only_what_they_need():
    ballots = {("a", "b"): 6, ("b",): 1, ("c",): 3}

    result = count(ballots, options="abc", rule="stv-meek", seats=2)

    assert result.winners == ("a", "b")
    assert float(votes(result)["a"]) == pytest.approx(10 / 3, abs=1e-6)


def test_the_two_treatments_of_unranked_options_elect_different_options():
    ballots = {("c",): 4, ("a", "c"): 3, ("a", "b"): 2}

    symmetric = count(ballots, options="abc", rule="borda", unranked="symmetric")
    domination = count(ballots, options="abc", rule="borda", unranked="domination")

    assert (symmetric.winners, votes(symmetric)) == (("a",), {"a": 6, "b": -10, "c": 4})
    assert (domination.winners, votes(domination)) == (("c",), {"a": 10, "b": 2, "c": 11})


def test_each_group_weighs_the_same_however_many_answered():
    patients = {("sleep", "pain"): 100}
    carers = [("pain", "rest")] * 2
    clinicians = {("pain", "sleep"): 3}

    result = priorities(
        {"patients": patients, "carers": carers, "clinicians": clinicians},
        options=("sleep", "pain", "rest"), seats=1,
    )  # fmt: skip

    assert [stage.name for stage in result.stages] == ["patients", "carers", "clinicians", "together"]
    assert votes(result) == {"sleep": 6, "pain": 8, "rest": 4}
    assert (result.winners, result.valid) == (("pain",), 105)
    heavy = priorities({"patients": patients, "carers": carers}, options=("sleep", "pain", "rest"),
                       weights={"patients": 3, "carers": 1}, seats=1)  # fmt: skip
    assert heavy.winners == ("sleep",)


def test_six_projects_three_in_each_category():
    kinds = dict.fromkeys("abcd", "care") | dict.fromkeys("uvwx", "staff")
    ballots = {tuple("abcuvw"): 4, tuple("abdvwx"): 3, tuple("bcduwx"): 1}
    rule = {"marks": 6, "categories": kinds, "marks_in": {"care": 3, "staff": 3}}

    result = count(
        ballots, options="abcduvwx", rule="exactly", seats=2, seats_in={"care": 1, "staff": 1}, **rule
    )

    assert (result.winners, result.stages[0].why[0]) == (("b", "w"), ("b", "most-in-category"))
    with pytest.raises(errors.WrongNumber, match="marks=4"):
        count({tuple("abcdux"): 1}, options="abcduvwx", rule="exactly", **rule)
    with pytest.raises(errors.WrongNumber):
        count({tuple("abc"): 1}, options="abcduvwx", rule="exactly", **rule)
    assert count({tuple("ab"): 1}, options="abcduvwx", rule="up-to", seats=2, **rule).winners == ("a", "b")


def test_star_is_decided_between_the_two_highest_by_how_many_prefer():
    ballots = {(5, 4, 0): 2, (0, 3, 5): 1, (1, 2, 0): 2}

    scores, runoff = count(ballots, options="abc", rule="star").stages

    assert (scores.tallies, dict(scores.why)) == (
        (("a", 12), ("b", 15), ("c", 5)), {"a": "two-highest", "b": "two-highest"},
    )  # fmt: skip
    assert (runoff.tallies, runoff.elected) == ((("a", 2), ("b", 3), ("c", 0)), ("b",))


def test_star_ties_fall_to_the_rule_first():
    # b and c tie for the second place; b beats c on more ballots
    second = count({(5, 1, 0): 2, (5, 0, 2): 1}, options="abc", rule="star").stages[0]
    # the run-off is level; a has more points
    level = count({(5, 1): 1, (3, 4): 1}, options="ab", rule="star")

    assert second.ties == (Tie("place", ("b", "c"), "rule", ("b",)),)
    assert (level.winners, level.stages[1].ties) == (("a",), (Tie("seat", ("a", "b"), "rule", ("a",)),))


def test_proportional_rules_seat_the_minority_that_approval_leaves_out():
    ballots = {("a", "b", "c"): 60, ("x",): 40}

    def seated(rule, **choices):
        return set(count(ballots, options="abcx", rule=rule, seats=3, tie_break=sorted, **choices).winners)

    assert seated("approval") == {"a", "b", "c"}
    assert seated("sequential-pav") == seated("sequential-phragmen") == {"a", "b", "x"}
    assert seated("equal-shares") == {"a", "x"}
    assert seated("equal-shares", completion="phragmen") == {"a", "b", "x"}
    assert seated("equal-shares", completion="approval") == {"a", "b", "x"}
    assert seated("equal-shares", completion="add1") == {"a", "b", "x"}


def test_a_budget_goes_to_most_votes_or_to_equal_shares():
    ballots = {("road",): 60, ("park", "swing"): 40}
    money = {"costs": {"road": 100, "park": 30, "swing": 10}, "budget": 100}

    def funded(rule, **choices):
        return count(ballots, options=("road", "park", "swing"), rule=rule, **money, **choices).winners

    assert funded("budget-greedy") == ("road",)
    assert funded("budget-equal-shares", satisfaction="cardinality") == ("swing", "park")
    opened = count(
        ballots, options=("road", "park", "swing"), rule="budget-equal-shares", tie_break=sorted, **money
    )
    assert set(opened.winners) == {"park", "swing"}


def test_consent_is_given_when_nobody_objects():
    ballots = {("b",): 1, ("c",): 3, (): 5}

    result = count(ballots, options="abc", rule="consent", seats=3)

    assert (result.winners, votes(result), result.blanks) == (("a",), {"a": 0, "b": 1, "c": 3}, 5)
    assert count(ballots, options="abc", rule="consent", seats=3, allowed=1).winners == ("a", "b")
    assert count(ballots, options="abc", rule="consent", seats=1, allowed=1).ties == ("a", "b")


def test_a_circle_of_majorities_has_a_smith_set_and_no_condorcet_winner():
    circle = {tuple("abc"): 2, tuple("bca"): 2, tuple("cab"): 2}

    assert count(circle, options="abc", rule="condorcet").winners == ()
    assert count(circle, options="abc", rule="smith").ties == ("a", "b", "c")
    # the order c, b, a fixes c > a first, then b > c, so that b stands above all
    ranked_pairs = count(circle, options="abc", rule="ranked-pairs", tie_break=lambda tied: tuple(tied)[::-1])
    assert (ranked_pairs.winners, ranked_pairs.decided_by) == (("b",), "lot")


def test_schulze_by_margins_and_by_winning_votes_differ():
    ballots = {("c",): 3, ("a", "c", "b"): 2, ("b", "a", "c"): 4}

    margins = count(ballots, options="abc", rule="schulze", strength="margins")
    winning = count(ballots, options="abc", rule="schulze", strength="winning-votes")

    assert margins.pairwise == ((0, 2, 6), (4, 0, 4), (3, 5, 0))
    assert (margins.winners, winning.winners) == (("b",), ("a",))


@pytest.mark.parametrize(
    ("ballots", "rule", "choices", "error"),
    [
        ([("a", "a")], "borda", {}, errors.RepeatedOption),
        ([("a", ("b", "a"))], "borda", {}, errors.RepeatedOption),
        ([("a", "z")], "borda", {}, errors.UnknownOption),
        ([("a", "a")], "approval", {}, errors.RepeatedOption),
        (["ab"], "approval", {}, errors.BallotMalformed),
        (["ab"], "borda", {}, errors.BallotMalformed),
        ([(5,)], "score", {}, errors.BallotMalformed),
        ([(6, 0)], "score", {}, errors.WrongNumber),
        ([{"a": 2, "z": 1}], "score", {}, errors.UnknownOption),
        ([(-1, 0)], "score", {}, errors.BallotMalformed),
        ([(("a", 7), ("b", 4))], "cumulative", {"points": 10}, errors.WrongNumber),
        ({("a",): -1}, "approval", {}, errors.NegativeCount),
        ([("a",)], "borda", {"unranked": "guess"}, errors.UnknownChoice),
        ([("a",)], "schulze", {"strength": "luck"}, errors.UnknownChoice),
        ([("a",)], "schulze", {"speed": 3}, errors.UnknownChoice),
        ([("a",)], "exactly", {}, errors.UnknownChoice),
        ([("a",)], "schulze", {"seats": 2}, errors.UnknownRule),
        ([("a",)], "budget-greedy", {"costs": {"a": 1}, "budget": 3}, errors.UnknownChoice),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_refused(ballots, rule, choices, error):
    with pytest.raises(error):
        count(ballots, options=("a", "b"), rule=rule, **choices)
