"""Another address for a person, and links that replace those sent before."""

from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events, tasks
from qlabs.base.core.errors import Conflict
from qlabs.base.core.plain import plain_address

from .. import addresses, letters, links, queries
from ..models import AddressChange, Person


@transaction.atomic
def change_email(*, person, email, by, at):
    """Give a person another address, or ask her first where a vote could hang on it; both addresses are told.

    Returns the AddressChange; it is answered already where nobody had to be asked.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    email = plain_address(email)
    _refuse_taken(person, email)
    AddressChange.objects.filter(person=person, answered_at=None).update(answered_at=at, old="", new="")
    change = AddressChange.objects.create(
        person=person, old=person.email, new=email, nonce=links.new_nonce(), asked_by=by, asked_at=at
    )
    if addresses.held_until(person) is None:
        return _accept(change, by=by, at=at)
    events.record(None, by=by, what="people.email_change_asked", on=person, at=at)
    tasks.later(letters.address_change, change.pk)
    return change


@transaction.atomic
def answer_email_change(*, change, accept, at):
    """What the person says to it, from her old address or from the new one. A late answer is a Conflict."""
    change = AddressChange.objects.select_for_update().select_related("person").get(pk=change.pk)
    if change.answered_at or at >= change.asked_at + letters.TIME_TO_CONFIRM:
        raise Conflict(
            _("This was answered already, or nobody answered in time. The address stays as it is now.")
        )
    if accept:
        _refuse_taken(change.person, change.new)
        return _accept(change, by=change.person, at=at)
    return _withdraw(change, by=change.person, at=at)


@transaction.atomic
def withdraw_email_change(*, person, by, at):
    """Take back a change that nobody has answered."""
    change = AddressChange.objects.select_for_update().filter(person=person, answered_at=None).first()
    if change is None:
        raise Conflict(_("There is no change of address that waits for an answer."))
    return _withdraw(change, by=by, at=at)


@transaction.atomic
def renew_links(*, person, by, at):
    """Make every personal link that was sent to a person useless, and send new ones where she needs them."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    raise_link_number(person)
    events.record(None, by=by, what="people.links_renewed", on=person, at=at)
    addresses.renewed(person)
    return person


def raise_link_number(person):
    """The links of before open nothing any more; `person` is locked."""
    person.link_number += 1
    person.save(update_fields=["link_number"])


def _accept(change, *, by, at):
    person = change.person
    person.email = change.new
    person.save(update_fields=["email"])
    raise_link_number(person)
    change.answered_at, change.is_accepted = at, True
    change.save()
    events.record(None, by=by, what="people.email_changed", on=person, at=at)
    tasks.later(letters.address_change, change.pk)
    addresses.renewed(person)
    return change


def _withdraw(change, *, by, at):
    change.answered_at = at
    change.save()
    events.record(None, by=by, what="people.email_change_refused", on=change.person, at=at)
    tasks.later(letters.address_change, change.pk)
    return change


def _refuse_taken(person, email):
    if taken := queries.person_with(email):
        raise Conflict(
            _("This is the address they have already.")
            if taken == person
            else _("Somebody else has this address.")
        )
