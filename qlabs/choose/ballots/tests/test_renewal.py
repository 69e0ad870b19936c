import re

import pytest

from qlabs.base.people import actions as people
from qlabs.choose.ballots import letters
from qlabs.choose.ballots.models import RollEntry

from .factories import LATER, NOON, closed_ballot, entries
from .reading import link_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(ballot):
    return entries(ballot)[0]


def links_in(mail):
    return re.findall(r"http://[^/]+(/vote/\S+/)", mail.body)


def test_an_address_is_held_while_a_vote_of_the_person_is_open(ballot, entry):
    change = people.change_email(person=entry.person, email="new@example.org", by=None, at=NOON)
    assert not change.is_accepted


def test_an_address_is_free_once_the_vote_has_closed(ballot, entry):
    closed_ballot(ballot)
    change = people.change_email(person=entry.person, email="new@example.org", by=None, at=LATER)
    assert change.is_accepted


def test_new_links_follow_for_votes_that_are_open(ballot, entry, mailoutbox):
    letters.invite.call([entry.pk])
    [before] = links_in(mailoutbox.pop())
    people.renew_links(person=entry.person, by=None, at=NOON)
    letters.invite.call([entry.pk])
    [after] = links_in(mailoutbox.pop())
    assert after == link_of(RollEntry.objects.get(pk=entry.pk)) != before
