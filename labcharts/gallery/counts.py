"""What the gallery of counts and lots shows: two counts and the chances in a pool."""

from collections.abc import Callable
from dataclasses import dataclass

from labcharts.chances import TITLE, chances_sentence, chances_svg
from labcharts.gallery import data
from labcharts.notebook import Shown
from labcharts.rounds import rounds_svg, rounds_table
from labcharts.rounds_words import explain
from labengines.lottery import Person, Quota, leximin
from labengines.voting import count


@dataclass(frozen=True)
class Drawn:
    """name: of its file. about: what to see. draw: a function of `width` and `name`. sentence, tables: beside it."""

    name: str
    about: str
    title: str
    draw: Callable
    sentence: str
    tables: tuple = ()

    def shown(self, *, width, name):
        return Shown(self.draw(width=width, name=name), self.sentence, self.tables)


def counts():
    """All examples, in the order of the page."""
    return (
        _rounds("rounds", "A run-off: what leaves moves along the lines.", "Which theme first?", seats=1),
        _rounds("many-rounds", "Three seats: nine rounds, below each other.", "Which three themes?", seats=3),
        _chances(),
    )


def _rounds(name, about, title, *, seats):
    titles, ballots = (data.FEW_THEMES, data.FEW_BALLOTS) if seats == 1 else (data.THEMES, data.BALLOTS)
    rule = "instant-runoff" if seats == 1 else "stv-scottish"
    ranked = {tuple(order): number for order, number in ballots.items()}
    result = count(ranked, options=tuple(titles), rule=rule, seats=seats)

    def draw(**how):
        return rounds_svg(result, titles=titles, title=title, **how)

    tables = (rounds_table(result, titles=titles, caption=title),)
    return Drawn(name, about, title, draw, " ".join(explain(result, titles=titles)), tables)


def _chances():
    pool = [
        Person(
            f"p{place:03}", {"age": age, "role": data.ROLES[place % 5], "nation": data.NATIONS[place % 11]}
        )
        for place, age in enumerate(age for age, number in data.AGES.items() for _ in range(number))
    ]
    found = leximin(pool, [Quota(*quota) for quota in data.QUOTAS], 24)

    def draw(**how):
        return chances_svg(found, **how)

    about = "The chances in a pool of 160: the few who are under 30 and from Wales are drawn more often."
    return Drawn("chances", about, TITLE, draw, chances_sentence(found))
