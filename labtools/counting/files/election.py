"""An election as a file holds it."""

from dataclasses import dataclass, field

from labtools.refusals import Refused, shortened


@dataclass
class Election:
    """form: of the ballots, as the engine names it. names: {option id: name} in the ballot's order.

    ballots: {ballot: number}. seats, budget, costs: where the file says them.
    """

    form: str
    names: dict
    ballots: dict = field(default_factory=dict)
    title: str = ""
    seats: int | None = None
    budget: object = None
    costs: dict | None = None

    def add(self, row, number, ballot):
        """Take ballots of one row (its number in the file, for messages); Refused if one is faulty."""
        seen = set()
        for option in _options(ballot, self.form):
            if option not in self.names:
                raise Refused(
                    f"Row {row}: “{shortened(option)}” is not an option; they are {_some(self.names)}."
                )
            if option in seen:
                raise Refused(
                    f"Row {row}: “{shortened(self.names[option])}” stands there twice. Name it once."
                )
            seen.add(option)
        self.ballots[ballot] = self.ballots.get(ballot, 0) + number


def whole(text, row, what, least=0):
    """The whole number in a text; Refused with the row where there is none."""
    try:
        number = int(str(text).strip())
    except ValueError:
        number = least - 1
    if number < least:
        raise Refused(
            f"Row {row}: {what} is “{shortened(text)}”, but must be a whole number from {least} on."
        )
    return number


def _options(ballot, form):
    if form == "choice":
        return [ballot] if ballot else []
    if form == "points":
        return [option for option, _ in ballot]
    if form == "scored":
        return []
    return [option for level in ballot for option in (level if isinstance(level, tuple) else (level,))]


def _some(names):
    listed = list(names)
    return ", ".join(listed) if len(listed) <= 8 else f"{listed[0]} to {listed[-1]}"
