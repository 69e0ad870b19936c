"""The published shape of the vote of 2017, in constructed numbers.

Published: 447 members asked, about a third voted, over 40 % for the winner; 60 % of patient leaders and carers,
42 % of quality-improvement people and managers, 28 % of clinicians; first in England, Scotland and Wales, joint
first in Northern Ireland. All else is constructed so that these facts hold to the digit: 149 votes, 61 for the
winner, none left blank. Columns are the five themes, the winner first.
"""

ROLL, VOTES, WINNING_VOTES = 447, 149, 61
BY_NATION = {
    "england": (43, 24, 16, 12, 9),
    "scotland": (8, 4, 3, 3, 1),
    "wales": (6, 3, 2, 2, 1),
    "northern-ireland": (4, 2, 4, 1, 1),
}
BY_PERSPECTIVE = {
    "lived-experience": (6, 1, 1, 1, 1),
    "carer": (6, 2, 1, 1, 0),
    "front-line-staff": (7, 6, 5, 4, 3),
    "manager": (15, 8, 6, 4, 3),
    "qi": (21, 12, 8, 5, 4),
    "researcher": (2, 1, 1, 1, 1),
    "commissioner-policy": (2, 1, 1, 1, 0),
    "designer": (1, 1, 1, 0, 0),
    "other": (1, 1, 1, 1, 0),
}
NOT_VOTING = {"england": 240, "scotland": 29, "wales": 18, "northern-ireland": 11}


def votes(rng):
    """(nation, perspective, theme number) of each of the 149 voters; who is both is drawn, the sums are fixed."""
    cast = []
    for theme in range(5):
        nations = _repeated(BY_NATION, theme)
        perspectives = _repeated(BY_PERSPECTIVE, theme)
        rng.shuffle(perspectives)
        cast += [
            (nation, perspective, theme) for nation, perspective in zip(nations, perspectives, strict=True)
        ]
    rng.shuffle(cast)
    return cast


def others(rng):
    """(nation, perspective) of each of the 298 members who did not vote."""
    perspectives = [group for group, row in BY_PERSPECTIVE.items() for _time in range(2 * sum(row))]
    nations = [nation for nation, people in NOT_VOTING.items() for _time in range(people)]
    rng.shuffle(perspectives)
    return list(zip(nations, perspectives, strict=True))


def _repeated(table, theme):
    return [group for group, row in table.items() for _vote in range(row[theme])]
