import re
from datetime import timedelta

import pytest

from qlabs.base.core.errors import Conflict
from qlabs.base.core.models import Event
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions, letters
from qlabs.choose.ballots.models import Letter, Wording

from .factories import NOON, OPENED, BallotFactory, cast, entries, fill_roll, kept_keys
from .reading import address, text

pytestmark = pytest.mark.django_db
MINE = {"subject": "Five minutes for asthma", "opening": "Dear all,\nplease vote, it matters."}
STAYS = ("Which theme should the lab work on?", "Self-care", "Frailty", "Waiting", "/vote/", "#keys=")


def word(ballot, letter, at=NOON, **words):
    actions.word_email(ballot=ballot, letter=letter, by=PersonFactory(), at=at, **(MINE | words))


def opened(draft):
    fill_roll(draft)
    return actions.open_ballot(ballot=draft, by=PersonFactory(), at=OPENED, make_keys=kept_keys)


def plain(email):
    return re.sub("[\u2068\u2069]", "", email.body)


def test_the_invitation_has_the_leads_words_and_all_that_stays(run):
    draft = BallotFactory()
    word(draft, Letter.INVITATION)
    sent = run(lambda: opened(draft))
    assert len(sent) == draft.fewest_votes
    for email in sent:
        assert email.subject == MINE["subject"]
        for words in (MINE["opening"], *STAYS, "Check code", "secret", "Wednesday 22 February 2017, 5pm"):
            assert words in plain(email)


def test_without_words_of_the_lead_the_emails_carry_the_titles_too(run):
    draft = BallotFactory()
    [email, *_others] = run(lambda: opened(draft))
    assert email.subject == "Your vote: Which theme should the lab work on?"
    for words in ("You can vote now.", *STAYS):
        assert words in plain(email)


def test_an_invitation_that_has_gone_stays_and_a_reminder_can_still_be_worded(ballot, run, lead):
    with pytest.raises(Conflict, match="has gone out"):
        word(ballot, Letter.INVITATION)
    word(ballot, Letter.REMINDER)
    sent = run(lambda: actions.remind(ballot=ballot, by=lead, at=NOON))
    assert {email.subject for email in sent} == {MINE["subject"]}
    assert all(MINE["opening"] in plain(email) for email in sent)


def test_a_reminder_on_its_way_keeps_the_words_it_was_sent_with(ballot, run, lead):
    word(ballot, Letter.REMINDER)

    def send_then_change():
        actions.remind(ballot=ballot, by=lead, at=NOON)
        word(ballot, Letter.REMINDER, subject="Changed")

    assert {email.subject for email in run(send_then_change)} == {MINE["subject"]}


def test_words_cannot_turn_what_stands_around_them_nor_stand_for_what_is_ours(ballot, run, lead):
    word(
        ballot,
        Letter.REMINDER,
        subject="100% \u202enow %(question)s",
        opening="\u2069\u202eturned {{ link }}",
    )
    [email, *_others] = run(lambda: actions.remind(ballot=ballot, by=lead, at=NOON))
    assert email.subject == "100% now %(question)s"
    assert "\u2068turned {{ link }}\u2069" in email.body
    assert "\u202e" not in email.body


def test_the_lead_words_the_email_sees_it_and_gets_it_herself(lab, lead, client_as, client, run):
    draft = BallotFactory(lab=lab)
    client_as(lead)
    assert "You can vote now." in text(client.get(address("invitation", draft)))
    page = text(client.post(address("invitation", draft), MINE, follow=True))
    for words in ("Five minutes for asthma", "please vote, it matters.", "[personal link]", "Fixed"):
        assert words in page
    sent = run(lambda: client.post(address("try_invitation", draft)))
    assert [(email.to, email.subject) for email in sent] == [
        ([lead.email], "Only to you: Five minutes for asthma")
    ]
    assert "[personal link]" in sent[0].body
    assert "/vote/" not in sent[0].body
    assert [event.what for event in Event.objects.order_by("pk")][-2:] == [
        "ballots.email_worded", "ballots.email_tried",
    ]  # fmt: skip


def test_after_the_opening_the_page_shows_the_invitation_and_takes_no_words(ballot, lead, client_as):
    client = client_as(lead)
    assert "Save and look again" not in text(client.get(address("invitation", ballot)))
    answer = client.post(address("invitation", ballot), MINE)
    assert answer.status_code == 409
    assert not Wording.objects.exists()
    assert "Save and look again" in text(client.get(address("reminder", ballot)))


@pytest.mark.parametrize(("field", "longest"), [("subject", 120), ("opening", 1000)])
def test_words_have_a_limit(ballot, lead, client_as, field, longest):
    answer = client_as(lead).post(address("reminder", ballot), MINE | {field: "x" * (longest + 1)})
    assert answer.status_code == 200
    assert not Wording.objects.exists()


def test_the_email_to_oneself_holds_nobodys_code(ballot, lead, client, run):
    cast(entries(ballot)[0], None, client=client)
    later = NOON + timedelta(hours=1)
    [email] = run(lambda: actions.try_email(ballot=ballot, letter=Letter.REMINDER, by=lead, at=later))
    for entry in entries(ballot):
        for secret in (entry.participation_code, letters.links.token(entry, ballot)):
            assert secret not in email.body
