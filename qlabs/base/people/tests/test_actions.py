from datetime import timedelta

import pytest

from qlabs.base.core.errors import Conflict
from qlabs.base.core.models import Event
from qlabs.base.lab.models import Lab, Membership
from qlabs.base.people import actions, links, queries
from qlabs.base.people.models import Invitation, Organisation, Person
from qlabs.base.people.tests.factories import JOINED, InvitationFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def events():
    return [(event.what, event.at, event.facts) for event in Event.objects.order_by("position")]


def test_a_member_is_added_with_a_profile():
    operator = PersonFactory(operator=True)
    person = actions.add_member(
        name=" Ada ", email="ADA@Example.org", by=operator, at=JOINED, nation="wales", organisation="Barts"
    )
    person.refresh_from_db()
    said = (person.name, person.email, person.joined_at, person.nation, person.organisation.name)
    assert said == ("Ada", "ada@example.org", JOINED, "wales", "Barts")
    assert events() == [("people.joined", JOINED, {})]


def test_adding_somebody_who_is_here_changes_nothing():
    person = PersonFactory(member=True, name="Ada")
    again = actions.add_member(name="Other", email=person.email.upper(), by=None, at=JOINED + WEEK)
    assert (again.pk, again.name, again.joined_at, events()) == (person.pk, "Ada", JOINED, [])


def test_an_organisation_is_reused_whatever_its_capitals():
    known = OrganisationFactory(name="Barts Health", kind="")
    assert actions.organisation_named(" barts  HEALTH ", "nhs") == known
    assert list(Organisation.objects.values_list("name", "kind")) == [("Barts Health", "nhs")]


def test_the_organisation_is_taken_off_a_profile_when_its_name_is_emptied():
    person = PersonFactory(profiled=True)
    actions.save_profile(
        person=person, by=person, at=JOINED, name="Ada", organisation="", organisation_kind="nhs"
    )
    person.refresh_from_db()
    assert (person.organisation, person.name, person.nation) == (None, "Ada", "wales")


def test_an_invitation_is_accepted_once():
    invitation = InvitationFactory()
    actions.accept_invitation(invitation=invitation, at=JOINED)
    with pytest.raises(Conflict):
        actions.accept_invitation(invitation=invitation, at=JOINED)
    assert events() == [("people.accepted", JOINED, {"purpose": "community", "joins_community": False})]


def test_an_expired_invitation_is_not_accepted():
    invitation = InvitationFactory()
    with pytest.raises(Conflict):
        actions.accept_invitation(invitation=invitation, at=invitation.expires_at)
    assert events() == []


def test_a_guest_gets_a_role_in_one_lab_only_by_accepting():
    lab = Lab.objects.create(slug="asthma", title="Asthma", is_public=True)
    invitation = actions.invite_guest(
        lab=lab, email="Guest@x.org", name="Gwen", role="contributor", by=None, at=JOINED
    )
    assert list(Membership.objects.values_list("person__email", "role")) == []
    actions.accept_invitation(invitation=invitation, at=JOINED)
    assert list(Membership.objects.values_list("lab__slug", "person__email", "role")) == [
        ("asthma", "guest@x.org", "contributor")
    ]
    assert not Person.objects.get().is_member


def test_inviting_again_makes_the_first_link_useless():
    lab = Lab.objects.create(slug="asthma", title="Asthma")
    wanted = {"lab": lab, "email": "g@x.org", "name": "Gwen", "role": "contributor", "by": None}
    first = links.token(actions.invite_guest(**wanted, at=JOINED))
    second = links.token(actions.invite_guest(**wanted, at=JOINED + WEEK))
    assert (queries.invitation_of(first), queries.invitation_of(second)) == (None, Invitation.objects.get())


def test_somebody_who_is_a_member_is_not_invited_again():
    person = PersonFactory(member=True)
    with pytest.raises(Conflict):
        actions.invite_member(name="x", email=person.email, by=None, at=JOINED)


def test_a_reminder_goes_once_a_week_and_opens_the_link_for_longer():
    invitation = InvitationFactory(invited_at=JOINED)
    with pytest.raises(Conflict):
        actions.remind(invitation=invitation, by=None, at=JOINED + WEEK - timedelta(seconds=1))
    reminded = actions.remind(invitation=invitation, by=None, at=JOINED + WEEK)
    assert (reminded.reminded_at, reminded.expires_at) == (JOINED + WEEK, JOINED + WEEK + timedelta(days=60))
    with pytest.raises(Conflict):
        actions.remind(invitation=invitation, by=None, at=JOINED + 2 * WEEK - timedelta(seconds=1))


def test_nobody_who_accepted_is_reminded():
    done = InvitationFactory(invited_at=JOINED, accepted_at=JOINED)
    with pytest.raises(Conflict):
        actions.remind(invitation=done, by=None, at=JOINED + WEEK)
    assert actions.remind_everyone(by=None, at=JOINED + WEEK) == 0


def test_everyone_due_is_reminded_at_once_with_one_event():
    due = InvitationFactory.create_batch(3, invited_at=JOINED)
    InvitationFactory(invited_at=JOINED + WEEK)
    InvitationFactory(invited_at=JOINED, reminded_at=JOINED + WEEK)
    closed = InvitationFactory(invited_at=JOINED)
    actions.deactivate(person=closed.person, by=None, at=JOINED)
    assert actions.remind_everyone(by=None, at=JOINED + WEEK) == len(due)
    assert events()[-1] == ("people.everyone_reminded", JOINED + WEEK, {"reminded": 3})


def test_a_new_address_kills_the_links_sent_to_the_old_one():
    invitation = InvitationFactory()
    token = links.token(invitation)
    actions.change_email(person=invitation.person, email="New@x.org", by=None, at=JOINED)
    assert queries.invitation_of(token) is None
    assert Person.objects.get().email == "new@x.org"


def test_an_address_somebody_has_is_refused():
    person, other = PersonFactory.create_batch(2)
    with pytest.raises(Conflict):
        actions.change_email(person=person, email=other.email, by=None, at=JOINED)


def test_an_operator_cannot_close_their_own_account():
    operator = PersonFactory(operator=True)
    with pytest.raises(Conflict):
        actions.deactivate(person=operator, by=operator, at=JOINED)
    operator.refresh_from_db()
    assert operator.is_active


def test_a_closed_account_is_opened_again():
    person = actions.deactivate(person=PersonFactory(), by=None, at=JOINED)
    assert not person.is_active
    assert actions.reactivate(person=person, by=None, at=JOINED).is_active
    assert [what for what, _at, _facts in events()] == ["people.deactivated", "people.reactivated"]


def test_the_first_operator_is_invited_by_nobody_and_gets_no_letter(
    mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True) as later:
        invitation = actions.invite_operator(email="op@x.org", name="Olive", at=JOINED)
    assert (invitation.person.is_operator, invitation.person.is_member, later) == (True, False, [])
