"""Whether somebody may vote, and if not, why not and what to do: her own answer, and nobody else's."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from qlabs.base.lab.models import Membership
from qlabs.base.ui.words import when

from ..models import Correction, Voters
from .roll import entry_of


@dataclass(frozen=True)
class Standing:
    """One person's answer: on the roll or not, the sentence that says why, and what to do."""

    on_roll: bool
    why: str
    what_to_do: str = ""


def standing(ballot, person):
    """The Standing of somebody signed in, towards a vote that has opened."""
    if entry_of(ballot, person):
        return Standing(True, _("You are on the list of voters of this vote."))
    taken_off = Correction.objects.filter(ballot=ballot, person_id=person.pk).first()
    if taken_off:
        return _taken_off(taken_off)
    why, is_mistake = _as_role(ballot, person) if ballot.voters == Voters.LAB else _as_member(ballot, person)
    return Standing(False, why, _write() if is_mistake else _next_time())


def _taken_off(correction):
    why = _(
        "You were taken off the list of voters on %(when)s, before anyone had voted. The reason: %(reason)s"
    )
    what_to_do = _("If you were on the list twice, use the link in the other email. %(write)s")
    words = {"when": when(correction.at), "reason": correction.reason}
    return Standing(False, why % words, what_to_do % {"write": _write()})


def _as_member(ballot, person):
    """(sentence, whether it looks like a mistake) where every member of the community can vote."""
    if person.joined_at is None:
        return _("Members of the community can vote, and you are not a member."), False
    return _since(
        ballot,
        person.joined_at,
        late=_("You joined the community on %(when)s. The list was fixed on %(fixed)s, before you joined."),
    )


def _as_role(ballot, person):
    """The same where only the people of the lab can vote."""
    role = Membership.objects.filter(lab=ballot.lab_id, person=person).order_by("created_at").first()
    if role is None:
        return _("Only people with a role in this lab can vote, and you have none."), False
    return _since(
        ballot,
        role.created_at,
        late=_(
            "You have had a role in this lab since %(when)s. The list was fixed on %(fixed)s, before that."
        ),
    )


def _since(ballot, moment, *, late):
    if moment > ballot.opened_at:
        return late % {"when": when(moment), "fixed": when(ballot.opened_at)}, False
    why = _(
        "You are not on the list of voters, which was fixed on %(fixed)s, although you were here by then."
    )
    return why % {"fixed": when(ballot.opened_at)}, True


def _write():
    words = _(
        "If this is a mistake, write to %(contact)s. You may also be on the list with another email address."
    )
    return words % {"contact": settings.CONTACT_EMAIL}


def _next_time():
    return _(
        "Nobody can be added to the list once a vote is open. You may be on it with another email address: look there "
        "for an email with your personal link. If not, ask the lab team how to be on the list of the next vote."
    )
