"""Which groups of a breakdown may be shown without giving a vote away.

The overall result is public to the last vote, so hiding one group hides nothing:
whoever subtracts the shown groups from the total has it. And the rule is public
too, so that what is hidden tells something. The rule here:

1. Order the groups by voters, smallest first (then by name). Voters who gave no
   group form one of their own.
2. Hide the smallest k groups, with the smallest k for which
   - every group that is left has at least `threshold` voters and is not one-sided;
   - what is hidden, taken together, is nothing, or at least two groups with voters,
     at least `threshold` voters in all, and not one-sided.
3. If there is no such k, hide all.

One-sided: at most one of the group's voters chose something else than the rest (no
choice counts as a choice). So even the one who did cannot tell the others' votes.
Hiding always runs from the smallest upwards, never just "the one-sided group": with
that, a hidden large group could only be one-sided, and the total says towards what.

What is guaranteed (every table of 3 or 4 small groups was tried, with this rule known
to the attacker): nobody, not even a voter who subtracts her own vote, learns exactly
how many people of a hidden group chose an option that anyone in it chose, also if
she knows how many voted in each group, unless the published total alone tells her.
What is not: options that nobody in the hidden part chose are seen to have none there;
bounds and likelihoods can be worked out, as from any table; whoever knows several voters'
choices can subtract them all. Several breakdowns of the same vote are judged in `together.py`.

Source: primary and secondary suppression as in Hundepool and others (2012),
Statistical Disclosure Control, chapter 4; the order by size is ours.
"""

from labengines.voting.errors import NegativeCount, ThresholdTooLow, UnknownOption
from labengines.voting.types import NO_CHOICE, Breakdown, Row

NOT_GIVEN = ""
INSIDERS = 1


def disclose(groups, *, totals, threshold=10):
    """The breakdown that may be published.

    groups: {group: {option id: voters, "": voters without a choice}}.
    totals: the same for all voters together, every option of the ballot in its order.
    threshold: the fewest voters that a shown group has, 2 or more.
    Returns Breakdown; its rows stand in the order of `groups`, and a last row named ""
    stands for voters who are in the totals and in no group, if there are any.
    Raises UnknownOption, NegativeCount, ThresholdTooLow. Changes nothing it is given.
    """
    return next(candidates(groups, totals=totals, threshold=threshold))


def candidates(groups, *, totals, threshold):
    """Every Breakdown that is safe by itself, from the one that shows most to the one that shows nothing.

    Arguments and errors as in `disclose`.
    """
    if threshold < 2:
        raise ThresholdTooLow(threshold=threshold)
    options = tuple(option for option in totals if option != NO_CHOICE)
    cells = (*options, NO_CHOICE)
    table = {group: _vector(tally, cells) for group, tally in groups.items()}
    rest, fits = _not_given(table, _vector(totals, cells))
    if any(rest):
        table[NOT_GIVEN] = rest
    never = () if fits or not any(rest) else (NOT_GIVEN,)
    for hidden in _ways_to_hide(table, threshold, never=never):
        rows = (_row(group, vector, options, shown=group not in hidden) for group, vector in table.items())
        yield Breakdown(rows=tuple(rows), threshold=threshold)


def publish_count(number):
    """A count of people in words of the NHS rule: "0", "*" for 1 to 7, else nearest 5.

    Each number, totals too, is rounded by itself.
    Source: NHS Digital, HES disclosure rule of 2018 for sub-national counts.
    """
    if not isinstance(number, int) or number < 0:
        raise NegativeCount(count=number)
    if 1 <= number <= 7:
        return "*"
    return str((number + 2) // 5 * 5)


def _vector(tally, cells):
    if set(tally) - set(cells):
        raise UnknownOption(options=sorted(set(tally) - set(cells)))
    vector = tuple(tally.get(cell, 0) for cell in cells)
    if any(not isinstance(number, int) or number < 0 for number in vector):
        raise NegativeCount(tally=dict(tally))
    return vector


def _not_given(table, totals):
    """(voters of the totals who are in no group, whether the table fits the totals).

    Tallies of groups that were counted apart may contradict the totals. What is
    left is then no true group: it is never shown by itself.
    """
    left = tuple(
        total - placed for total, placed in zip(totals, _sum(table, table, len(totals)), strict=True)
    )
    return tuple(max(0, number) for number in left), min(left) >= 0


def _ways_to_hide(table, threshold, *, never):
    order = sorted(table, key=lambda group: (group not in never, sum(table[group]), group))
    for k in range(len(never), len(order)):
        if _is_safe(table, order[:k], order[k:], threshold):
            yield set(order[:k])
    yield set(order)


def _is_safe(table, hidden, shown, threshold):
    if any(not _can_stand(table[group], threshold) for group in shown):
        return False
    if not hidden:
        return True
    with_voters = [group for group in hidden if any(table[group])]
    together = _sum(table, hidden, len(table[hidden[0]]))
    return len(with_voters) > 1 and _can_stand(together, threshold)


def _can_stand(vector, threshold):
    """Large enough, and at least two voters chose something else than the most."""
    return sum(vector) >= threshold and sum(vector) - max(vector) > INSIDERS


def _sum(table, groups, cells):
    return tuple(sum(table[group][cell] for group in groups) for cell in range(cells))


def _row(group, vector, options, *, shown):
    if not shown:
        return Row(group, shown=False)
    return Row(group, shown=True, tallies=tuple(zip(options, vector[:-1], strict=True)), blanks=vector[-1])
