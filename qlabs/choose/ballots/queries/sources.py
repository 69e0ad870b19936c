"""Reads of where a roll comes from: by which lists and answers its people came, who is new, who may be on it twice."""

from collections import Counter

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qlabs.base.core.models import Event
from qlabs.base.lab.models import Membership
from qlabs.base.people.models import Import, Invitation, Joined
from qlabs.base.people.queries import possible_doubles
from qlabs.base.ui.words import LONDON, day, number

from ..models import Voters

LAB_ACCEPTED, LAB_GIVEN = "lab-invitation", "lab-role"


def roll_sources(ballot, people):
    """What is frozen, published and told of where these people come from; numbers and names of lists, nobody's name.

    {"from": [{"how", "people"}, and "source" and "on" of a list], "planned": day, "added": [{"on", "people"}] since
    then, "possible_doubles": number of groups}.
    """
    ways, moments = _lab_ways(ballot, people) if ballot.voters == Voters.LAB else _ways(people)
    planned = planned_at(ballot)
    added = Counter(_day(moment) for moment in moments if moment > planned)
    return {
        "from": [way | {"people": people} for way, people in _counted(ways)],
        "planned": _day(planned),
        "added": [{"on": on, "people": added[on]} for on in sorted(added)],
        "possible_doubles": len(possible_doubles(people)),
    }


def planned_at(ballot):
    """When the draft was made, as the log has it."""
    event = Event.objects.filter(
        on_kind=ballot._meta.label_lower, on_id=str(ballot.pk), what="ballots.created"
    ).first()
    return event.at if event else ballot.created_at


def told_sources(sources):
    """The same in words: [sentence]; [] for a vote from before this was kept."""
    if not sources:
        return []
    said = [_way(way) for way in sources["from"]]
    new = sum(one["people"] for one in sources["added"])
    said.append(
        ngettext(
            "%(n)s of them was added after the vote was planned on %(day)s.",
            "%(n)s of them were added after the vote was planned on %(day)s.",
            new,
        )
        % {"n": number(new), "day": day(_date(sources["planned"]))}
        if new
        else _("Nobody was added after the vote was planned on %(day)s.")
        % {"day": day(_date(sources["planned"]))}
    )
    if doubles := sources["possible_doubles"]:
        said.append(
            ngettext(
                "%(n)s person may be on the list of voters twice.",
                "%(n)s people may be on the list of voters twice.",
                doubles,
            )
            % {"n": number(doubles)}
        )
    return said


def told_additions(sources):
    """[(day, people)] of those who came after the vote was planned."""
    return [(day(_date(one["on"])), one["people"]) for one in sources["added"]]


def _ways(people):
    """([way of each person], [moment each joined]) for a roll of the community."""
    lists = {
        row.pk: {"how": Joined.LIST.value, "source": row.source, "on": _day(row.confirmed_at)}
        for row in Import.objects.filter(pk__in={person.joined_list_id for person in people} - {None})
    }
    ways = [lists.get(person.joined_list_id) or {"how": person.joined_how} for person in people]
    return ways, [person.joined_at for person in people]


def _lab_ways(ballot, people):
    """The same for a roll of one lab."""
    invited = Invitation.objects.filter(lab=ballot.lab_id).exclude(accepted_at=None)
    accepted = dict(invited.order_by().values_list("person").annotate(first=Min("accepted_at")))
    roles = Membership.objects.filter(lab=ballot.lab_id).order_by()
    given = dict(roles.values_list("person").annotate(first=Min("created_at")))
    ways = [{"how": LAB_ACCEPTED if person.pk in accepted else LAB_GIVEN} for person in people]
    return ways, [accepted.get(person.pk) or given[person.pk] for person in people]


def _counted(ways):
    """[(way, people)], the most first."""
    kinds = {tuple(sorted(way.items())): way for way in ways}
    counted = Counter(tuple(sorted(way.items())) for way in ways)
    return [
        (kinds[key], people) for key, people in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    ]


def _way(way):
    people = way["people"]
    if way["how"] == Joined.LIST:
        return _("%(n)s from the list “%(source)s”, imported on %(day)s") % {
            "n": number(people), "source": way["source"], "day": day(_date(way["on"])),
        }  # fmt: skip
    words = {
        Joined.INVITATION: _("%(n)s joined by accepting an invitation"),
        Joined.THEMSELVES: _("%(n)s joined themselves, after they had come to a lab as guests"),
        Joined.OPERATOR: _("%(n)s added by an operator"),
        Joined.BEFORE: _("%(n)s joined before ways of joining were kept"),
        LAB_ACCEPTED: _("%(n)s accepted an invitation to the lab"),
        LAB_GIVEN: _("%(n)s given a role in the lab without an invitation"),
    }
    return words[way["how"]] % {"n": number(people)}


def _day(moment):
    return timezone.localdate(moment, LONDON).isoformat()


def _date(text):
    return timezone.datetime.fromisoformat(text).date()
