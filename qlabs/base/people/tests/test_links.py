import pytest

from qlabs.base.people import links, queries
from qlabs.base.people.models import Invitation
from qlabs.base.people.tests.factories import InvitationFactory

pytestmark = pytest.mark.django_db


def test_a_link_leads_to_its_invitation():
    invitation = InvitationFactory()
    assert queries.invitation_of(links.token(invitation)) == invitation


def test_a_link_has_192_bits_after_its_number():
    invitation = InvitationFactory()
    number, _dash, seal = links.token(invitation).partition("-")
    assert (number, len(seal)) == (str(invitation.pk), 32)


def test_a_link_changed_by_one_character_is_nobodys():
    token = links.token(InvitationFactory())
    changed = [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(len(token))]
    assert [text for text in changed if queries.invitation_of(text)] == []


@pytest.mark.parametrize(
    "text", ["", "-", "1", "1-", "x-y", "²-x", "9" * 30 + "-x", "1-é", "-1-x", "1\x00-x"]
)
def test_nonsense_is_nobodys_link(text):
    assert queries.invitation_of(text) is None


def test_the_seal_of_one_invitation_does_not_open_another():
    mine, other = InvitationFactory(), InvitationFactory()
    seal = links.token(mine).partition("-")[2]
    assert queries.invitation_of(f"{other.pk}-{seal}") is None


def test_a_link_is_bound_to_its_purpose():
    invitation = InvitationFactory()
    token = links.token(invitation)
    Invitation.objects.filter(pk=invitation.pk).update(purpose=Invitation.Purpose.OPERATOR)
    assert queries.invitation_of(token) is None


def test_a_link_made_with_an_old_key_still_opens_while_the_key_is_known(settings):
    invitation = InvitationFactory()
    token = links.token(invitation)
    settings.SECRET_KEY, old = "another key", settings.SECRET_KEY
    assert queries.invitation_of(token) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert queries.invitation_of(token) == invitation


def test_nothing_in_the_database_is_part_of_the_link():
    invitation = InvitationFactory()
    seal = links.token(invitation).partition("-")[2]
    stored = Invitation.objects.filter(pk=invitation.pk).values_list().get()
    assert [
        value for value in stored if seal in str(value) or (str(value) in seal and len(str(value)) > 4)
    ] == []
