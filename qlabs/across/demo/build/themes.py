"""Themes as members propose them, talk about them and back them."""

from datetime import timedelta

from qlabs.across.demo.content.chance import drawn_from
from qlabs.across.demo.content.themes import SUITABLE
from qlabs.choose.themes import actions

SUPPORT = (26, 19, 14, 11, 8)


def propose(texts, *, lab, people, lead, dates):
    """Themes proposed one after the other, discussed, backed by some of the people, and shortlisted by the lead."""
    rng, step = drawn_from(lab.slug), (dates.shortlisted - dates.proposed) / (len(texts) + 1)
    themes = []
    for number, text in enumerate(texts):
        at = dates.proposed + step * number + timedelta(hours=2)
        theme = _proposed(text, lab=lab, by=people[number % len(people)], at=at, token=f"demo-{number}")
        _discuss(theme, text, rng.sample(people, 6), at=at)
        _back(theme, rng.sample(people, SUPPORT[number % len(SUPPORT)]), at=at)
        themes.append(theme)
    return [actions.shortlist(theme=theme, by=lead, at=dates.shortlisted) for theme in themes]


def _proposed(text, *, lab, by, at, token):
    return actions.propose(
        lab=lab,
        by=by,
        at=at,
        token=token,
        title=text.title,
        summary=text.summary,
        why_now=text.why_now,
        who_is_affected=text.who_is_affected,
        suitability=SUITABLE,
        note=text.note,
    )


def _discuss(theme, text, people, *, at):
    for number, words in enumerate(text.comments):
        moment = at + timedelta(hours=20 * (number + 1))
        actions.comment(theme=theme, by=people[number], at=moment, text=words, token=f"demo-{number}")


def _back(theme, people, *, at):
    """One in three speaks for her organisation too."""
    for number, person in enumerate(people):
        organisation = person.organisation if number % 3 == 0 else None
        actions.support(theme=theme, by=person, at=at + timedelta(hours=number), organisation=organisation)
