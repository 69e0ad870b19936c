"""How many people, never so few that one could be picked out."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from qlabs.base.people.models import Nation, Person
from qlabs.choose.ballots.models import CountedVote, State

FEWEST = 10


@dataclass(frozen=True)
class Bar:
    """One row of small bars; `value` is None where it is hidden."""

    name: str
    value: int | None


def living_numbers():
    """(members, votes counted, votes declared) of all public labs; the first is None where it is too small."""
    members = Person.objects.filter(is_active=True, joined_at__isnull=False).count()
    counted = CountedVote.objects.filter(ballot__state=State.DECLARED, ballot__lab__is_public=True)
    found = counted.aggregate(votes=Count("pk"), results=Count("ballot", distinct=True))
    return (members if members >= FEWEST else None), found["votes"], found["results"]


def nations():
    """(members in all, Bars by nation): of the community around the labs."""
    rows = Person.objects.filter(is_active=True, joined_at__isnull=False).order_by()
    counts = dict(rows.values_list("nation").annotate(Count("pk")))
    names = [*Nation.choices, ("", _("Not said"))] if counts.get("") else Nation.choices
    shown = suppressed([counts.get(key, 0) for key, _name in names])
    bars = [Bar(str(name), value) for (_key, name), value in zip(names, shown, strict=True)]
    total = sum(counts.values())
    return (total if total >= FEWEST else None), bars


def suppressed(counts):
    """The counts with the small ones as None, and as many more as keep those from being worked out.

    Hidden are all counts under ten; then, while the hidden ones sum to under ten, the smallest that still shows.
    """
    hidden = {place for place, count in enumerate(counts) if count < FEWEST}
    while hidden and len(hidden) < len(counts) and sum(counts[place] for place in hidden) < FEWEST:
        hidden.add(min(set(range(len(counts))) - hidden, key=lambda place: (counts[place], place)))
    return [None if place in hidden else count for place, count in enumerate(counts)]
