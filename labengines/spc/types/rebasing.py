"""Where a run chart's median might be drawn anew: frozen suggestions, never applied by themselves."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """A median and the points (counted from 1) from which it was found.

    start, end: first and last of those points. extends_to: where the next suggested median starts, or
    the last point. start_date, end_date, extends_to_date: their dates, None without dates.
    """

    median: float
    start: int
    end: int
    extends_to: int
    start_date: object = None
    end_date: object = None
    extends_to_date: object = None


@dataclass(frozen=True)
class Suggestion:
    """A new level and why it is suggested.

    side: "above" or "below" the median it would replace. replaces: that median. run: number of points
    in a row on that side; points on the median were passed over.
    """

    level: Level
    side: str
    replaces: float
    run: int

    @property
    def reason(self):
        """The reason in a sentence, with point numbers from 1."""
        level = self.level
        return (
            f"{self.run} points in a row, points {level.start} to {level.end}, are {self.side} the median of "
            f"{self.replaces:g}; their own median is {level.median:g}."
        )


@dataclass(frozen=True)
class Rebasing:
    """The first median of a series and the suggestions to replace it, in order of time.

    first, run, direction: the options that produced it.
    """

    initial: Level
    suggestions: tuple
    first: int
    run: int
    direction: str

    @property
    def levels(self):
        """The initial level and the suggested ones."""
        return (self.initial, *(suggestion.level for suggestion in self.suggestions))
