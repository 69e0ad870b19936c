import re
from datetime import timedelta

import pytest

from qlabs.base.core import mail
from qlabs.base.lab.models import Lab
from qlabs.base.people import actions, letters, links
from qlabs.base.people.models import Invitation, Person
from qlabs.base.people.tests.factories import JOINED, InvitationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def unsent(**kwargs):
    return InvitationFactory(sent_at=None, **kwargs)


def test_an_invitation_holds_the_personal_link(mailoutbox, settings):
    settings.SITE_URL = "https://labs.example.org"
    invitation = unsent()
    letters.invitations.call([invitation.pk])
    [letter] = mailoutbox
    assert re.findall(r"https://\S+", letter.body) == [
        f"https://labs.example.org/join/{links.token(invitation)}/",
        f"https://labs.example.org/join/{links.token(invitation)}/no-thanks/",
    ]
    assert (letter.to, letter.subject) == (
        [invitation.person.email],
        "You are a member of the Q Labs community",
    )


def test_every_invitation_is_sent_once_however_often_the_task_runs(mailoutbox):
    pks = [unsent().pk for _time in range(3)]
    letters.invitations.call(pks[:2])
    letters.invitations.call(pks)
    letters.invitations.call(pks)
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted(
        Person.objects.values_list("email", flat=True)
    )


def test_a_reminder_is_sent_once_for_each_asking(mailoutbox):
    invitation = InvitationFactory(invited_at=JOINED)
    for weeks in (1, 2):
        actions.remind(invitation=invitation, by=None, at=JOINED + timedelta(weeks=weeks))
        letters.reminders.call([invitation.pk])
        letters.reminders.call([invitation.pk])
        Invitation.objects.update(reminder_sent_at=JOINED + timedelta(weeks=weeks))
    assert [letter.subject for letter in mailoutbox] == [
        "A reminder: You are a member of the Q Labs community"
    ] * 2


def test_nobody_who_accepted_meanwhile_gets_a_letter(mailoutbox):
    done = unsent(accepted_at=JOINED, reminded_at=JOINED)
    letters.invitations.call([done.pk])
    letters.reminders.call([done.pk])
    assert mailoutbox == []


def test_invented_and_closed_people_get_no_letter(mailoutbox):
    pks = [unsent(person__is_invented=True).pk, unsent(person__is_active=False).pk]
    letters.invitations.call(pks)
    assert mailoutbox == []


def test_invented_people_get_their_letters_where_letters_stay_here(mailoutbox, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = mail.KEPT_HERE, str(tmp_path)
    letters.invitations.call([unsent(person__is_invented=True).pk])
    assert len(list(tmp_path.iterdir())) == 1


def test_invented_and_closed_people_are_not_told_of_their_second_factor(mailoutbox):
    for person in (PersonFactory(is_invented=True), PersonFactory(is_active=False)):
        letters.second_factor_changed.call(person.pk, "A passkey was added.")
    assert mailoutbox == []


def test_who_is_only_invited_to_the_community_is_told_so(mailoutbox):
    letters.invitations.call([unsent(person=PersonFactory()).pk])
    [letter] = mailoutbox
    assert letter.subject == "Your invitation to the Q Labs community"
    assert "You are invited to join the Q Labs community." in letter.body


@pytest.mark.parametrize("reminder", [False, True])
def test_a_guest_is_told_of_the_lab(mailoutbox, reminder):
    lab = Lab.objects.create(slug="asthma", title="Asthma\r\nBcc: thief@example.org")
    invitation = unsent(purpose="lab", lab=lab, role="contributor", reminded_at=JOINED if reminder else None)
    (letters.reminders if reminder else letters.invitations).call([invitation.pk])
    [letter] = mailoutbox
    words = "You are invited to “Asthma Bcc: thief@example.org”"
    assert letter.subject == (f"A reminder: {words}" if reminder else words)
    assert letter.recipients() == [invitation.person.email]


def test_an_invitation_says_who_invites_to_what_and_why_this_email_came(mailoutbox):
    lab = Lab.objects.create(slug="asthma", title="Asthma")
    inviter = PersonFactory(name="Leila Lead")
    letters.invitations.call([unsent(purpose="lab", lab=lab, role="contributor", invited_by=inviter).pk])
    body = " ".join(mailoutbox[0].body.split())
    assert "Leila Lead invites you to take part in “Asthma” (Public contributor)." in body
    assert "because Leila Lead entered your email address on Friday 20 January 2017." in body


def test_a_member_from_a_list_is_told_which(mailoutbox):
    operator = PersonFactory(operator=True, name="Olu Operator")
    rows = [{"name": "Ann", "email": "a@x.org"}]
    imported = actions.keep_import(
        source="Q members, January 2017", filename="x", headings=[], rows=rows, refused=[], known=0,
        by=operator, at=JOINED,
    )  # fmt: skip
    actions.confirm_import(imported=imported, by=operator, at=JOINED, typed=1)
    letters.invitations.call([Invitation.objects.get().pk])
    body = " ".join(mailoutbox[0].body.split())
    assert "your address is on a list of members (Q members, January 2017)." in body
    assert "Olu Operator, who looks after this website, confirmed the list" in body


def test_who_said_no_gets_neither_invitation_nor_reminder(mailoutbox):
    done = unsent(declined_at=JOINED, reminded_at=JOINED)
    letters.invitations.call([done.pk])
    letters.reminders.call([done.pk])
    assert mailoutbox == []


def test_an_operator_can_be_reminded_of_their_link(mailoutbox):
    invitation = unsent(purpose="operator", reminded_at=JOINED)
    letters.reminders.call([invitation.pk])
    assert links.token(invitation) in mailoutbox[0].body


def test_a_changed_second_factor_is_told_to_its_owner(mailoutbox):
    person = PersonFactory()
    letters.second_factor_changed.call(person.pk, "A passkey was added.")
    assert [(letter.to, "A passkey was added." in letter.body) for letter in mailoutbox] == [
        ([person.email], True)
    ]


def test_batches_hold_all_once():
    assert letters.in_batches(list(range(120))) == [
        list(range(50)),
        list(range(50, 100)),
        list(range(100, 120)),
    ]
