from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from qlabs.base.core import events, tasks
from qlabs.base.core.errors import Conflict
from qlabs.base.core.plain import plain, plain_address

from .. import addresses, letters, queries
from ..models import Joined, Organisation, Person
from .addresses import raise_link_number

PROFILE = ("perspective", "nation", "region", "skills", "offer")


@transaction.atomic
def add_member(*, name, email, by, at, is_invented=False, **profile):
    """Make somebody a member of the community; profile: see `fill`."""
    person = queries.person_with(email) or Person(name=plain(name), email=plain_address(email))
    if person.is_member:
        return person
    admit(person, how=Joined.OPERATOR, at=at)
    person.is_invented = person.is_invented or is_invented
    fill(person, profile)
    person.save()
    events.record(None, by=by, what="people.joined", on=person, at=at)
    return person


@transaction.atomic
def join_community(*, person, at):
    """Somebody who came as a guest of a lab becomes a member of the community by her own choice."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.is_active and not person.joined_at:
        admit(person, how=Joined.THEMSELVES, at=at)
        person.save()
        events.record(None, by=person, what="people.joined", on=person, at=at)
    return person


@transaction.atomic
def save_profile(*, person, by, at, name, **profile):
    """Keep what a person says about themself."""
    person.name = plain(name)
    fill(person, profile)
    person.save()
    events.record(None, by=by, what="people.profile_saved", on=person, at=at)
    return person


@transaction.atomic
def deactivate(*, person, by, at):
    """Close an account: its sessions end at once, and neither a code nor a link opens it. A vote already cast stays."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person == by:
        raise Conflict(_("You cannot close your own account. Ask another operator."))
    if person.is_active:
        person.is_active, person.sign_outs = False, person.sign_outs + 1
        person.save()
        raise_link_number(person)
        events.record(None, by=by, what="people.deactivated", on=person, at=at)
        tasks.later(letters.account_closed, person.pk)
    return person


@transaction.atomic
def reactivate(*, person, by, at):
    """Open a closed account again; links sent before stay dead, so new ones go where she needs them."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        person.is_active = True
        person.save()
        events.record(None, by=by, what="people.reactivated", on=person, at=at)
        addresses.renewed(person)
    return person


@transaction.atomic
def sign_out_everywhere(*, person, by, at):
    """End every session of a person."""
    Person.objects.filter(pk=person.pk).update(sign_outs=F("sign_outs") + 1)
    person.refresh_from_db(fields=["sign_outs"])
    events.record(None, by=by, what="people.signed_out_everywhere", on=person, at=at)
    return person


def admit(person, *, how, at, imported=None, invitation=None):
    """Write on an unsaved row that the person is a member from now on and how that came; a member stays as she is."""
    if person.joined_at is None:
        person.joined_at, person.joined_how = at, how
        person.joined_list, person.joined_invitation = imported, invitation


def dismiss(person):
    """Write on an unsaved row that the person is a member no more."""
    person.joined_at, person.joined_how = None, ""
    person.joined_list = person.joined_invitation = None


def organisation_named(name, kind=""):
    """The organisation of that name, made if it is new; its type is filled in where none was given before."""
    name = plain(name)
    if not name:
        return None
    organisation = queries.organisation_called(name)
    if organisation is None:
        return Organisation.objects.create(name=name, kind=kind)
    if kind and not organisation.kind:
        organisation.kind = kind
        organisation.save()
    return organisation


def fill(person, profile):
    """Set what is given: perspective, nation, region, skills, offer, organisation (its name), organisation_kind."""
    for field in PROFILE:
        setattr(person, field, profile.get(field, getattr(person, field)))
    if "organisation" in profile:
        person.organisation = organisation_named(
            profile["organisation"], profile.get("organisation_kind", "")
        )
