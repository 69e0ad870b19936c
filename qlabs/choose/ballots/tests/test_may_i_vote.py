from datetime import timedelta

import pytest

from qlabs.base.lab.models import Membership, Role
from qlabs.base.lab.tests.factories import MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions
from qlabs.choose.ballots.models import Voters

from .factories import CLOSES, NOON, OPENED, BallotFactory, entries, fill_roll, open_ballot
from .reading import address, text

pytestmark = pytest.mark.django_db


def answer(client, ballot, name="may_i_vote"):
    return text(client.get(address(name, ballot)))


def test_whoever_is_on_the_list_may(ballot, client_as):
    page = answer(client_as(entries(ballot)[0].person), ballot)
    assert "Yes. You can vote until Wednesday 22 February 2017, 5pm." in page
    assert "You are on the list of voters of this vote." in page


@pytest.mark.parametrize("name", ["may_i_vote", "ballot"])
def test_who_joined_too_late_reads_when_the_list_was_fixed(ballot, client_as, name):
    late = PersonFactory(member=True, joined_at=OPENED + timedelta(hours=1))
    page = answer(client_as(late), ballot, name)
    assert (
        "You joined the community on Wednesday 1 February 2017, 10am. "
        "The list was fixed on Wednesday 1 February 2017, 9am, before you joined."
    ) in page
    assert "ask the lab team how to be on the list of the next vote" in page


def test_a_guest_reads_that_members_vote(ballot, client_as):
    page = answer(client_as(PersonFactory()), ballot)
    assert "No, not in this vote." in page
    assert "Members of the community can vote, and you are not a member." in page


def test_who_was_taken_off_reads_why_and_whom_to_write_to(ballot, lead, client_as, settings):
    gone = entries(ballot)[0]
    actions.correct_roll(entry=gone, reason="Is on the list twice.", by=lead, at=NOON)
    page = answer(client_as(gone.person), ballot)
    assert "taken off the list of voters on Wednesday 1 February 2017, midday" in page
    assert "The reason: Is on the list twice." in page
    assert f"If this is a mistake, write to {settings.CONTACT_EMAIL}." in page


def test_a_member_from_before_who_is_not_on_the_list_is_told_to_write(ballot, client_as, settings):
    forgotten = PersonFactory(member=True, joined_at=OPENED - timedelta(days=30))
    page = answer(client_as(forgotten), ballot)
    assert "although you were here by then" in page
    assert settings.CONTACT_EMAIL in page


def test_in_a_vote_of_the_lab_the_role_decides(lab, client_as, client):
    draft = BallotFactory(lab=lab, voters=Voters.LAB)
    fill_roll(draft)
    ballot = open_ballot(draft)
    member = PersonFactory(member=True)
    assert "Only people with a role in this lab can vote, and you have none." in answer(
        client_as(member), ballot
    )
    late = MembershipFactory(lab=lab, role=Role.FOLLOWER, person=PersonFactory())
    Membership.objects.filter(pk=late.pk).update(created_at=OPENED + timedelta(hours=1))
    page = answer(client_as(late.person), ballot)
    assert "You have had a role in this lab since Wednesday 1 February 2017, 10am." in page


def test_after_the_end_it_says_that_the_vote_is_over(ballot, client_as, clock):
    clock.move_to(CLOSES)
    assert "This vote is over. You could not vote in it." in answer(client_as(PersonFactory()), ballot)


def test_a_stranger_signs_in_first(ballot, client):
    reply = client.get(address("may_i_vote", ballot))
    assert (reply.status_code, reply.url.split("?")[0]) == (302, "/account/login/")


def test_nothing_on_it_says_whether_she_has_voted(ballot, client_as):
    entry = entries(ballot)[0]
    before = answer(client_as(entry.person), ballot)
    actions.vote_for(entry=entry, seed=b"s" * 16, choice="", reason="", at=NOON)
    assert answer(client_as(entry.person), ballot) == before


def test_the_draft_of_a_lead_who_is_a_member_has_no_answer_yet(lab, client_as):
    lead = MembershipFactory(lab=lab, role=Role.LEAD, person=PersonFactory(member=True)).person
    assert "This vote is a draft." in answer(client_as(lead), BallotFactory(lab=lab), "ballot")
