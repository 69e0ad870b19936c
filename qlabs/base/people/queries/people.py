"""Reads of people, their profiles and how they sign in."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from qlabs.base.core.plain import plain, plain_address
from qlabs.base.core.search import by_text, found

from .. import links
from ..models import AddressChange, Organisation, Person


def person_with(email):
    """The person with an email address, however it is written, or None."""
    return Person.objects.filter(email=plain_address(email)).first()


def person_for_sign_in(email):
    """The person who may sign in with an email address, or None."""
    return Person.objects.filter(email=plain_address(email), is_active=True).first()


def organisation_called(name):
    """The organisation of that name in any mix of capitals, or None."""
    return Organisation.objects.filter(name__iexact=plain(name)).first()


def people(search=""):
    """Everyone with an account, by name, with the organisation; `search` looks in name, address and organisation."""
    rows = Person.objects.select_related("organisation").order_by(by_text("search_text"), "email")
    return found(rows, search, "search_text", "organisation__search_text", address="email")


def member_count():
    return Person.objects.filter(is_active=True, joined_at__isnull=False).count()


def person(pk):
    rows = Person.objects.select_related(
        "organisation", "joined_list", "joined_invitation__lab", "joined_invitation__invited_by"
    )
    return rows.filter(pk=pk).first()


def way_of_joining(person):
    """How a member joined, in words; empty for a guest."""
    if person.joined_list:
        return _("%(how)s (%(source)s)") % {
            "how": person.get_joined_how_display(), "source": person.joined_list.source,
        }  # fmt: skip
    invitation = person.joined_invitation
    if invitation is None or invitation.invited_by is None:
        return person.get_joined_how_display()
    to = invitation.lab.title if invitation.lab else _("the community")
    return _("%(how)s (from %(inviter)s, to %(to)s)") % {
        "how": person.get_joined_how_display(), "inviter": invitation.invited_by.name, "to": to,
    }  # fmt: skip


def address_change_of(token):
    """(change, side) that a link to answer a change of address is for, or None where it is not ours."""
    number = links.number(token)
    change = AddressChange.objects.select_related("person").filter(pk=number).first() if number else None
    side = links.address_side(token, change) if change else None
    return (change, side) if side else None


def open_address_change(person):
    """The change of address that waits for the person's answer, or None."""
    return AddressChange.objects.filter(person=person, answered_at=None).first()


def profile_of(person):
    """What the profile form starts with."""
    organisation = person.organisation
    return {
        "name": person.name,
        "perspective": person.perspective,
        "organisation": organisation.name if organisation else "",
        "organisation_kind": organisation.kind if organisation else "",
        "nation": person.nation,
        "region": person.region,
        "skills": person.skills,
        "offer": person.offer,
    }


@dataclass(frozen=True)
class Ways:
    """How a person can prove who they are besides the code by mail."""

    passkeys: list
    app: object
    codes_left: int | None


def ways_to_sign_in(person):
    rows = list(Authenticator.objects.filter(user_id=person.pk).order_by("created_at", "pk"))
    kinds = Authenticator.Type
    codes = [row for row in rows if row.type == kinds.RECOVERY_CODES]
    return Ways(
        passkeys=[row for row in rows if row.type == kinds.WEBAUTHN],
        app=next((row for row in rows if row.type == kinds.TOTP), None),
        codes_left=len(codes[0].wrap().get_unused_codes()) if codes else None,
    )
