"""What is fixed at the opening, so that voters can notice a server that changes its mind."""

import re

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction

from labengines.voting import fingerprints
from qlabs.base.core.models import Event
from qlabs.choose.ballots import actions, guards, letters, queries
from qlabs.choose.ballots.errors import Impossible
from qlabs.choose.ballots.keys import public
from qlabs.choose.ballots.models import Ballot, RollEntry, SigningKey

from .factories import NOON, BallotFactory, closed_ballot, declared_ballot, entries
from .reading import address, link_of, text

pytestmark = pytest.mark.django_db
CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}")


def fingerprint_of(ballot):
    """The fingerprint as anybody computes it from the public keys."""
    hashes = {
        row.scope: fingerprints.key_hash(public(row)) for row in SigningKey.objects.filter(ballot=ballot)
    }
    return fingerprints.fingerprint(ballot.code, hashes)


def codes(ballot):
    return [entry.participation_code for entry in entries(ballot)]


# Keys ------------------------------------------------------------------------


def test_opening_fixes_the_fingerprint_of_all_keys_and_the_event_tells_it(ballot):
    facts = Event.objects.get(what="ballots.opened").facts
    assert ballot.keys_sha256 == fingerprint_of(ballot)
    assert ballot.check_code == fingerprints.check_code(ballot.keys_sha256)
    assert (facts["fingerprint_of_keys"], facts["check_code"]) == (ballot.keys_sha256, ballot.check_code)


def test_a_draft_has_no_fingerprint_yet(lab):
    assert BallotFactory(lab=lab).check_code == ""


@pytest.mark.parametrize(
    "change",
    [
        lambda ballot: Ballot.objects.filter(pk=ballot.pk).update(keys_sha256="0" * 64),
        lambda ballot: ballot.keys.filter(scope="choice").update(n="c5"),
        lambda ballot: ballot.keys.filter(scope="choice").update(e=3),
        lambda ballot: ballot.keys.filter(scope="choice").update(scope="choice2"),
        lambda ballot: SigningKey.objects.create(ballot=ballot, scope="choice2", n="c5"),
        lambda ballot: ballot.keys.filter(scope="reason").delete(),
        lambda ballot: Ballot.objects.filter(state="draft").update(
            state="open", opened_at=NOON, keys_sha256=None
        ),
    ],
)
def test_the_database_lets_nobody_change_the_keys_of_an_open_vote(ballot, change):
    BallotFactory(lab=ballot.lab)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(ballot)


def test_a_vote_whose_keys_were_changed_past_the_database_is_not_declared(ballot, lead):
    closed = closed_ballot(ballot)
    with connection.cursor() as cursor:
        guards.dismiss(connection.vendor, cursor.execute)
    closed.keys.filter(scope="reason").update(n="c5")
    with pytest.raises(Impossible):
        actions.declare(ballot=closed, by=lead, at=NOON)


# Participation codes -----------------------------------------------------------


def test_everybody_on_the_roll_has_a_code_of_their_own(ballot):
    assert all(CODE.fullmatch(code) for code in codes(ballot))
    assert len(set(codes(ballot))) == ballot.roll_size
    with pytest.raises(DatabaseError), transaction.atomic():
        RollEntry.objects.filter(ballot=ballot).update(participation_code=codes(ballot)[0])


def test_the_hash_of_the_roll_and_the_event_cover_the_codes(ballot):
    hashes = [fingerprints.code_hash(ballot.code, code) for code in codes(ballot)]
    facts = Event.objects.get(what="ballots.opened").facts
    before = queries.roll_sha256(ballot.pk)
    RollEntry.objects.filter(pk=entries(ballot)[0].pk).update(participation_code="0000-0000-0000-0000")
    assert facts["fingerprint_of_codes"] == fingerprints.codes_sha256(hashes)
    assert queries.roll_sha256(ballot.pk) != before


def test_a_correction_of_the_roll_tells_the_codes_that_are_left(ballot, lead):
    actions.correct_roll(entry=entries(ballot)[0], reason="Twice on it.", by=lead, at=NOON)
    hashes = [fingerprints.code_hash(ballot.code, code) for code in codes(ballot)]
    facts = Event.objects.get(what="ballots.roll_corrected").facts
    assert facts["fingerprint_of_codes"] == fingerprints.codes_sha256(hashes)


def test_a_roll_from_before_codes_keeps_its_hash(ballot):
    RollEntry.objects.update(participation_code=None)
    assert re.fullmatch("[0-9a-f]{64}", queries.roll_sha256(ballot.pk))


# Where the codes stand -----------------------------------------------------------


@pytest.mark.parametrize(
    ("letter", "args", "flag"),
    [
        (letters.invite, (), {"invited": False}),
        (letters.remind, (1,), {}),
        (letters.tell, (), {"told": False, "has_key": True}),
    ],
)
def test_every_email_to_a_voter_has_her_own_participation_code(ballot, letter, args, flag):
    entry, other = entries(ballot)[:2]
    RollEntry.objects.update(**flag)
    letter.call([entry.pk], *args)
    [message] = mail.outbox
    assert entry.participation_code in message.body
    assert other.participation_code not in message.body


@pytest.mark.parametrize(("letter", "args"), [(letters.invite, ()), (letters.remind, (1,))])
def test_the_check_code_stands_in_the_email_and_behind_its_link(ballot, letter, args, settings):
    entry = entries(ballot)[0]
    RollEntry.objects.update(invited=False)
    letter.call([entry.pk], *args)
    [message] = mail.outbox
    assert f"{settings.SITE_URL}{link_of(entry)}#keys={ballot.check_code}\n" in message.body
    assert message.body.count(ballot.check_code) == 2


def test_every_page_about_the_vote_shows_the_same_check_code(ballot, client, client_as):
    entry = entries(ballot)[0]
    pages = [client.get(link_of(entry)), client_as(entry.person).get(address("ballot", ballot))]
    declared = declared_ballot(ballot)
    pages += [client.get(address("ballot", declared)), client.get(f"/labs/{ballot.lab.slug}/story/")]
    pages += [client.get(f"/labs/{ballot.lab.slug}/story/feed.atom")]
    assert [ballot.check_code in text(page) for page in pages] == [True] * 5
