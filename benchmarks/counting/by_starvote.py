"""starvote: one dictionary for each ballot; several seats as bloc STAR."""

import starvote

from . import HIGHEST, OPTIONS, SEATS, each, grouped


def prepared(rule, size, distinct):
    ballots = each(
        (dict(zip(OPTIONS, scores, strict=True)), number)
        for scores, number in grouped("scored", size, distinct).items()
    )
    order = (
        starvote.predefined_permutation_tiebreaker
    )  # a tie falls to the option that stands first, as with ours

    def counted():
        """The winners."""
        return starvote.election(
            starvote.bloc, ballots, seats=SEATS, maximum_score=HIGHEST, tiebreaker=order(list(OPTIONS))
        )

    return counted
