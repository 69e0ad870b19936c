"""A count in plain sentences: what happened in each round, why, and how every tie was settled."""

from dataclasses import dataclass, field

from labengines.voting.types import EXHAUSTED, ROUNDING

SHOWN = 5  # options named in a round's standing


def figure(number):
    """Votes as people read them: whole, or two places, or three digits below one."""
    if number == int(number):
        text = f"{int(number):,}"
    elif abs(number) < 1:
        text = f"{float(number):.3g}"
    else:
        text = f"{float(number):,.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def _reasons():
    return {
        "most": "has the most votes",
        "most-in-category": "has the most votes of its category",
        "majority": "has more than half of the votes that still count",
        "quota": "has reached the votes needed",
        "remaining": "is among as many as there are seats left",
        "lowest": "has the fewest votes",
        "lowest-together": "has, with others, too few votes to catch up",
        "no-objection": "meets no objection that counts",
        "beats-all": "beats every other option one against one",
        "dominates": "alone beats every option outside its set",
        "undominated": "is beaten by nobody outside its set",
        "most-wins": "wins most often one against one",
        "smallest-defeat": "has the smallest worst defeat one against one",
        "strongest-chains": "loses to nobody by the strongest chains of majorities",
        "unbeaten": "is beaten by nobody except in circles",
        "top": "stands above all when majorities are fixed from the largest down",
        "most-weight": "has the most support of those with least so far",
        "affordable": "costs its supporters the smallest share each",
        "first-paid": "is the first that its supporters can pay together",
        "two-highest": "goes on to the run-off with one of the two highest totals",
        "preferred": "is preferred to the other on more ballots",
        "fits": "comes next by votes and can still be paid",
        "does-not-fit": "costs more than is left",
    }


def _ties():
    return {
        "seat": "{options} are level for a seat",
        "exclusion": "{options} are level for having to leave",
        "surplus": "{options} have the same surplus",
        "place": "{options} are level for a place in the next round",
        "order": "{options} could each win, depending on the order of equal majorities",
    }


@dataclass(frozen=True)
class RoundWords:
    """Every word, in English; a page passes its own for another language. Names in {} are filled in."""

    ballots: str = "{valid} ballots were counted; {blanks} chose nothing that could be counted."
    needed: str = "{needed} votes are needed."
    round: str = "Round {number}: {said}"
    standing: str = "{standing}."
    has: str = "{option} {votes}"
    others: str = "others fewer"
    moved: str = "the votes of {options} move: {transfers}."
    surplus: str = "what {options} has beyond the votes needed moves: {transfers}."
    to: str = "{votes} to {option}"
    nobody: str = "{votes} to nobody, as no further choice is named"
    rounding: str = "{votes} lost in rounding"
    nothing: str = "nothing"
    elected: str = "{option} {reason} and is elected."
    excluded: str = "{option} {reason} and leaves."
    goes_on: str = "{option} {reason}."
    earlier: str = "{tie}; an earlier round decides: {first}."
    rule: str = "{tie}; the rule’s next step decides: {first}."
    lot: str = "{tie}; the tie break that was agreed decides: {first}."
    open: str = "{tie}. No tie break was agreed, so this stays open."
    winners: str = "Elected: {options}."
    no_winner: str = "Nobody is elected."
    join: str = ", "
    reasons: dict = field(default_factory=_reasons)
    ties: dict = field(default_factory=_ties)


ENGLISH = RoundWords()


def explain(result, *, titles, words=ENGLISH):
    """Sentences that tell a count, as a tuple of texts.

    result: labengines.voting.types.Result. titles: {option id: title}.
    """
    said = [words.ballots.format(valid=f"{result.valid:,}", blanks=f"{result.blanks:,}")]
    for number, stage in enumerate(result.stages, 1):
        sentences = " ".join(_stage(stage, titles, words))
        many = len(result.stages) > 1
        said.append(words.round.format(number=number, said=sentences) if many else sentences)
    named = words.join.join(titles[option] for option in result.winners)
    said.append(words.winners.format(options=named) if named else words.no_winner)
    return tuple(said)


def _stage(stage, titles, words):
    if stage.moved:
        template = words.surplus if stage.name == "surplus" else words.moved
        moves = words.join.join(_move(to, votes, titles, words) for to, votes in stage.transfers)
        yield template.format(options=_names(stage.moved, titles, words), transfers=moves or words.nothing)
    yield words.standing.format(standing=_standing(stage, titles, words))
    if stage.needed is not None and not stage.moved:
        yield words.needed.format(needed=figure(stage.needed))
    for tie in stage.ties:
        named = words.ties[tie.about].format(options=_names(tie.options, titles, words))
        first = _names(tie.first, titles, words)
        yield getattr(words, tie.settled_by).format(tie=named, first=first)
    for option, reason in stage.why:
        template = words.goes_on
        if option in stage.elected:
            template = words.elected
        elif option in stage.excluded:
            template = words.excluded
        yield template.format(option=titles[option], reason=words.reasons[reason])


def _standing(stage, titles, words):
    ranked = sorted((pair for pair in stage.tallies if pair[1]), key=lambda pair: -pair[1])
    shown = [words.has.format(option=titles[option], votes=figure(votes)) for option, votes in ranked[:SHOWN]]
    if len(ranked) > SHOWN:
        shown.append(words.others)
    return words.join.join(shown) or words.nothing


def _move(to, votes, titles, words):
    template = {EXHAUSTED: words.nobody, ROUNDING: words.rounding}.get(to, words.to)
    return template.format(votes=figure(votes), option=titles.get(to, ""))


def _names(options, titles, words):
    return words.join.join(titles[option] for option in options)
