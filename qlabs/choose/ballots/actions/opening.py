"""Opening a ballot: the roll is frozen, the keys are made, the letters go out."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labengines.voting import fingerprints
from qlabs.base.core import events
from qlabs.base.core.errors import Conflict
from qlabs.base.ui.words import LONDON
from qlabs.choose.themes import actions as themes

from .. import keys, letters, queries
from ..models import Attribute, Ballot, RollEntry, SigningKey, State
from .drafts import locked_draft

FEWEST_OPTIONS = 2


def open_ballot(*, ballot, by, at, make_keys=keys.make):
    """Freeze the roll as its people are now, make the keys, and invite everybody.

    make_keys: sizes in bits -> private keys; tests hand in ready ones.
    """
    people = list(queries.people_for(ballot))
    _refuse_unready(ballot, people, at)  # before the work of making keys, and again under the lock
    scopes = _scopes(ballot, people)
    private = make_keys([_bits(scope) for scope in scopes])
    with transaction.atomic():
        ballot = locked_draft(ballot)
        _refuse_unready(ballot, people, at)
        _put_themes_on(ballot, by=by, at=at)
        _name_options(ballot)
        _freeze_roll(ballot, people)
        _keep_keys(ballot, dict(zip(scopes, private, strict=True)))
        _mark_open(ballot, at)
        facts = {"roll": ballot.roll_size, **queries.fixed_facts(ballot), **_of_run_off(ballot)}
        events.record(ballot.lab, by=by, what="ballots.opened", on=ballot, at=at, **facts)
        letters.invite_all(ballot)
    return ballot


@transaction.atomic
def hold_up(*, ballot, because, at):
    """Record why a ballot could not open at its time, and tell its leads: once for each reason."""
    ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if ballot.state != State.DRAFT or ballot.held_up_because == because:
        return
    ballot.held_up_because = because
    ballot.save(update_fields=["held_up_because"])
    events.record(ballot.lab, by=None, what="ballots.held_up", on=ballot, at=at, reason=because)
    letters.tell_leads(ballot)


def _of_run_off(ballot):
    return {"between": [option.title for option in queries.options(ballot)]} if ballot.run_off_of_id else {}


def _scopes(ballot, people):
    """Whatever somebody on the roll needs, and "not stated" in each breakdown, also where everybody stated it."""
    needed = {scope for person in people for scope in queries.scopes_of(ballot, person)}
    return sorted(needed | {queries.scope(attribute, "") for attribute in ballot.breakdowns})


def _bits(scope):
    """What is published must hold for as long as anybody recounts; the other credentials are gone at the close."""
    return keys.LASTING if scope == queries.CHOICE else keys.PASSING


def _refuse_unready(ballot, people, at):
    if len(queries.options(ballot)) < FEWEST_OPTIONS:
        raise Conflict(_("A vote needs at least two options. Add them first."))
    if queries.is_hidden_from_voters(ballot):
        raise Conflict(
            _(
                "This lab is private, so most of those who would be asked to vote could not see it. "
                "Make the lab public first, or let only people with a role in it vote."
            )
        )
    if at >= ballot.closes_at:
        raise Conflict(_("The closing time has passed. Choose a later one first."))
    if not people:
        raise Conflict(
            _("Nobody would be on the list of voters yet, so nobody could vote. Invite people first.")
        )
    if len(people) < ballot.fewest_votes:
        raise Conflict(_too_few(ballot, len(people)))


def _too_few(ballot, people):
    first = ngettext(
        "Only %(people)s person could vote, and this vote has a result from %(fewest)s votes on.",
        "Only %(people)s people could vote, and this vote has a result from %(fewest)s votes on.",
        people,
    )
    rest = _(
        "With so few people nobody’s vote would stay secret. Invite more people first. Or ask people openly, for "
        "example with a show of hands at a meeting, and write in the story what you decided. "
        "Open decisions will be added here later."
    )
    return f"{first % {'people': people, 'fewest': ballot.fewest_votes}} {rest}"


def _put_themes_on(ballot, *, by, at):
    """The words of the themes are taken as they are now, and stand still from here on."""
    for option in ballot.options.exclude(theme=None).select_related("theme"):
        option.title, option.summary = option.theme.title, option.theme.summary
        option.save(update_fields=["title", "summary"])
        if ballot.run_off_of_id is None and ballot.again_of_id is None:
            themes.mark_on_ballot(theme=option.theme, by=by, at=at)


def _name_options(ballot):
    """An option's id follows from the question and its title: what was voted for can have no other title later."""
    for option in queries.options(ballot):
        option.public_id = fingerprints.option_id(
            ballot.code, question=ballot.question, place=option.position, title=option.title
        )
        option.save(update_fields=["public_id"])


def _freeze_roll(ballot, people):
    RollEntry.objects.bulk_create(
        RollEntry(
            ballot=ballot,
            person=person,
            participation_code=_fresh_code(),
            **{name: getattr(person, name) for name in Attribute.values},
        )
        for person in people
    )
    ballot.roll_sources = queries.roll_sources(ballot, people)
    ballot.roll_size, ballot.roll_sha256 = len(people), queries.roll_sha256(ballot.pk)


def _fresh_code():
    return fingerprints.participation_code(secrets.randbits(fingerprints.CODE_BITS))


def _keep_keys(ballot, private):
    SigningKey.objects.bulk_create(
        SigningKey(ballot=ballot, scope=scope, n=f"{key.n:x}", e=key.e, private=keys.seal_private(key))
        for scope, key in private.items()
    )


def _mark_open(ballot, at):
    ballot.state, ballot.opened_at, ballot.held_up_because = State.OPEN, at, None
    ballot.ends_at, ballot.turnout_shown, ballot.turnout_shown_at = ballot.closes_at, 0, at
    ballot.box_sealed = keys.sealed_box_key()
    ballot.keys_sha256 = queries.keys_sha256(ballot)
    ballot.told_on = timezone.localdate(at, LONDON)
    ballot.frozen_sha256 = queries.frozen_sha256(ballot)
    ballot.save()
