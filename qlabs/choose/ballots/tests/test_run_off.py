"""A run-off says wherever it appears that it is one, between which themes and why; an early end, when it was."""

import pytest
from django.core import mail

from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions, letters
from qlabs.choose.ballots.models import RollEntry

from .factories import CLOSES, LATER, NOON, cast, closed_ballot, declared_ballot, entries, kept_keys
from .reading import address, link_of, text

pytestmark = pytest.mark.django_db
WHY = (
    "This is a run-off between “Self-care” and “Frailty”: they came joint first in the vote that closed on "
    "Wednesday 22 February 2017, with 1 vote each."
)
ENDS = CLOSES.replace(month=3)


@pytest.fixture
def first(ballot, client):
    for entry, option in zip(entries(ballot), ballot.options.all()[:2], strict=False):
        cast(entry, option, client=client)
    return declared_ballot(ballot)


@pytest.fixture
def second(first, lead):
    draft = actions.create_run_off(ballot=first, closes_at=ENDS, by=lead, at=LATER)
    return actions.open_ballot(ballot=draft, by=lead, at=LATER, make_keys=kept_keys)


def test_a_run_off_says_what_it_is_on_its_page_and_in_its_emails(second, client, clock):
    clock.move_to(LATER)
    entry = entries(second)[0]
    page = text(client.get(link_of(entry)))
    assert "Run-off: Which theme should the lab work on?" in page
    assert WHY in page
    letters.invite.call([entry.pk])
    letters.remind.call([entry.pk], 1)
    assert [message.subject.partition(": ")[2] for message in mail.outbox] == [second.question] * 2
    assert all(WHY in message.body for message in mail.outbox)


def test_a_visitor_reads_why_there_is_a_run_off_and_sees_the_first_vote(second, first, client, clock):
    clock.move_to(LATER)
    answer = client.get(address("ballot", second))
    assert WHY in text(answer)
    assert f'href="{address("ballot", first)}"' in answer.content.decode()


def test_my_votes_name_the_lab_the_run_off_and_its_dates(second, client_as, clock):
    clock.move_to(LATER)
    page = text(client_as(RollEntry.objects.filter(ballot=second).first().person).get("/account/votes/"))
    assert "Run-off: Which theme should the lab work on?" in page
    assert f"{second.lab.title} · closes on Wednesday 22 March 2017, 5pm" in page
    assert f"{second.lab.title} · closed on Wednesday 22 February 2017, 6pm" in page


def test_after_an_early_end_every_page_speaks_of_the_real_dates(ballot, lead, client, clock):
    clock.move_to(NOON)
    for entry in entries(ballot)[:5]:
        cast(entry, ballot.options.first(), client=client)
    asked = actions.ask_early_closing(ballot=ballot, reason="All have voted.", by=lead, at=NOON)
    ballot = actions.agree_early_closing(asked=asked, by=PersonFactory(), at=NOON)
    told = (
        "This vote closed earlier than first announced: on Wednesday 1 February 2017, midday, "
        "not on Wednesday 22 February 2017, 5pm. The reason: All have voted."
    )
    ballot = closed_ballot(ballot, at=NOON)
    said = " ".join(text(client.get(address("ballot", ballot))).split()).replace(" .", ".")
    assert told.split(" The reason", maxsplit=1)[0] in said
    done = text(client.get(link_of(entries(ballot)[0], "done_by_link")))
    assert "The vote closed on Wednesday 1 February 2017, midday." in done
    actions.declare(ballot=ballot, by=lead, at=NOON)
    assert told.split(" The reason", maxsplit=1)[0] in text(client.get(address("ballot", ballot)))
