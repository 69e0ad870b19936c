"""Where a roll comes from: told to the lead before the opening, frozen at it, and published."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from qlabs.base.core.models import Event
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people import actions as people
from qlabs.base.people.models import Person
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions, queries
from qlabs.choose.ballots.models import Ballot, Voters

from .factories import CLOSES, NOON, OPENED, BallotFactory, declared_ballot, kept_keys
from .reading import address, text

pytestmark = pytest.mark.django_db
PLANNED = OPENED - timedelta(days=20)
LIST_FROM = PLANNED - timedelta(days=9)
SENTENCES = [
    "8 from the list “Members of Q”, imported on Tuesday 3 January 2017",
    "2 joined by accepting an invitation",
    "1 of them was added after the vote was planned on Thursday 12 January 2017.",
]


@pytest.fixture
def lab(db):
    return LabFactory(slug="asthma", public=True, open="choose", lead=PersonFactory(name="Lee"))


@pytest.fixture
def draft(lab):
    return actions.create_ballot(
        lab=lab, question="Which?", closes_at=CLOSES, options=[("A", ""), ("B", "")], by=None, at=PLANNED
    )


def listed(*emails, names=None):
    rows = [{"name": (names or {}).get(email, email), "email": email} for email in emails]
    operator = PersonFactory(operator=True)
    imported = people.keep_import(
        source="Members of Q", filename="x.csv", headings=[], rows=rows, refused=[], known=0, by=operator,
        at=LIST_FROM,
    )  # fmt: skip
    return people.confirm_import(imported=imported, by=operator, at=LIST_FROM, typed=len(rows))


def accepted(email, at):
    invitation = people.invite_member(name=email, email=email, by=None, at=LIST_FROM)
    return people.accept_invitation(invitation=invitation, at=at)


@pytest.fixture
def roll(draft):
    """Eight from a list, one who accepted before the vote was planned and one after."""
    listed(*[f"listed{number}@x.org" for number in range(8)])
    accepted("early@x.org", PLANNED - timedelta(days=1))
    accepted("late@x.org", PLANNED + timedelta(days=3))


def opened(draft):
    return actions.open_ballot(ballot=draft, by=None, at=OPENED, make_keys=kept_keys)


def test_where_a_roll_comes_from_is_frozen_at_the_opening_and_in_its_event(draft, roll):
    ballot = opened(draft)
    assert ballot.roll_sources == {
        "from": [
            {"how": "list", "source": "Members of Q", "on": "2017-01-03", "people": 8},
            {"how": "invitation", "people": 2},
        ],
        "planned": "2017-01-12",
        "added": [{"on": "2017-01-15", "people": 1}],
        "possible_doubles": 0,
    }
    assert Event.objects.get(what="ballots.opened").facts["roll_sources"] == ballot.roll_sources
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(roll_sources={})


def test_the_fingerprint_of_an_open_ballot_covers_it(draft, roll):
    ballot = Ballot.objects.get(pk=opened(draft).pk)
    assert queries.frozen_sha256(ballot) == ballot.frozen_sha256
    ballot.roll_sources["possible_doubles"] = 1
    assert queries.frozen_sha256(ballot) != ballot.frozen_sha256


def test_the_published_file_holds_it(draft, roll):
    ballot = declared_ballot(opened(draft))
    assert json.loads(queries.file_of(ballot))["roll"]["sources"] == ballot.roll_sources


def test_the_lead_reads_it_before_the_opening_and_on_the_list_of_voters(clock, client_as, lab, draft, roll):
    lead = lab.memberships.get(role=Role.LEAD).person
    page = text(client_as(lead).get(address("open", draft)))
    assert [sentence for sentence in SENTENCES if sentence not in page] == []
    page = text(client_as(lead).get(address("roll", opened(draft))))
    assert [sentence for sentence in SENTENCES if sentence not in page] == []


def test_possible_doubles_are_counted_and_named_to_the_lead_with_half_an_address(
    clock, client_as, lab, draft
):
    listed("ann@x.org", "a.nn+2@x.org", "bob@x.org", names={"ann@x.org": "Ann Reed", "a.nn+2@x.org": "Ann R"})
    page = text(client_as(lab.memberships.get().person).get(address("open", draft)))
    assert "1 person may be on the list of voters twice." in page
    assert "Ann Reed" in page
    assert "Ann R a***@x.org" in " ".join(page.split())
    assert "a.nn+2@x.org" not in page
    assert "bob@x.org" not in page


def test_a_double_is_gone_once_an_operator_closed_one_account(draft):
    listed("ann@x.org", "a.nn@x.org")
    double = Person.objects.get(email="a.nn@x.org")
    assert queries.roll_sources(draft, list(queries.people_for(draft)))["possible_doubles"] == 1
    people.deactivate(person=double, by=None, at=NOON)
    assert queries.roll_sources(draft, list(queries.people_for(draft)))["possible_doubles"] == 0


def test_the_roll_of_a_lab_tells_who_accepted_an_invitation_to_it(lab, draft):
    draft.voters = Voters.LAB
    invitation = people.invite_guest(
        lab=lab, email="g@x.org", name="Gwen", role="coach", by=None, at=LIST_FROM
    )
    people.accept_invitation(invitation=invitation, at=PLANNED + timedelta(days=1))
    MembershipFactory(lab=lab, person=invitation.person, role=Role.FOLLOWER)
    sources = queries.roll_sources(draft, list(queries.people_for(draft)))
    assert sources["from"] == [{"how": "lab-invitation", "people": 1}, {"how": "lab-role", "people": 1}]
    assert {"on": "2017-01-13", "people": 1} in sources["added"]


def test_a_vote_from_before_tells_nothing():
    assert queries.told_sources(BallotFactory().roll_sources) == []
