"""Closing early: announced a day before, or at once when everybody has voted or a second member of the team agrees."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from qlabs.base.core.errors import Conflict
from qlabs.base.core.models import Event
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions, queries, watches
from qlabs.choose.ballots.errors import Closed
from qlabs.choose.ballots.models import Ballot, EarlyClosing, State

from .factories import CLOSES, LATER, NOON, enough_votes, entries
from .reading import address, link_of, text

pytestmark = pytest.mark.django_db
DAY, WHY = timedelta(hours=24), "Everybody we asked has voted."


def vote(entry, at=NOON):
    actions.vote_for(entry=entry, seed=entry.pk.to_bytes(16, "big"), choice="", reason="", at=at)


def ask(ballot, lead, at=NOON):
    return actions.ask_early_closing(ballot=ballot, reason=WHY, by=lead, at=at)


def state_at(ballot, at):
    watches.close_in_time(at=at)
    ballot.refresh_from_db()
    return ballot.state


@pytest.fixture
def second(lab):
    """Somebody else on the team."""
    return MembershipFactory(lab=lab, role=Role.RESEARCHER).person


@pytest.fixture
def post(django_capture_on_commit_callbacks):
    """Do something and run the tasks it left: the emails that went out, as (address, subject)."""

    def run(act):
        mail.outbox.clear()
        before = set(DBTaskResult.objects.values_list("pk", flat=True))
        with django_capture_on_commit_callbacks(execute=True):
            act()
        for row in DBTaskResult.objects.exclude(pk__in=before):
            row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        return {message.to[0]: message for message in mail.outbox}

    return run


def test_it_takes_effect_a_day_after_it_was_asked_for(ballot, lead):
    enough_votes(ballot)
    asked = ask(ballot, lead)
    ballot.refresh_from_db()
    assert (ballot.ends_at, asked.takes_effect_at, ballot.closes_at) == (NOON + DAY, NOON + DAY, CLOSES)
    assert state_at(ballot, NOON + DAY - timedelta(seconds=1)) == State.OPEN
    vote(entries(ballot)[0], at=NOON + DAY - timedelta(seconds=1))
    with pytest.raises(Closed):
        vote(entries(ballot)[0], at=NOON + DAY)


def test_the_day_over_the_vote_closes_and_its_reason_stays(ballot, lead):
    enough_votes(ballot)
    ask(ballot, lead)
    assert state_at(ballot, NOON + DAY) == State.CLOSED
    assert (ballot.close_reason, Event.objects.latest("pk").facts["early"]) == (WHY, True)


def test_it_never_takes_effect_after_the_announced_time(ballot, lead):
    ask(ballot, lead, at=CLOSES - timedelta(hours=1))
    ballot.refresh_from_db()
    assert ballot.ends_at == CLOSES


def test_once_everybody_has_voted_it_takes_effect_at_once(ballot, lead):
    *most, last = entries(ballot)
    for entry in most:
        vote(entry)
    ask(ballot, lead)
    assert state_at(ballot, NOON + timedelta(minutes=1)) == State.OPEN
    vote(last, at=NOON + timedelta(minutes=2))
    assert state_at(ballot, NOON + timedelta(minutes=3)) == State.CLOSED


def test_asked_when_everybody_has_voted_it_is_over(ballot, lead):
    for entry in entries(ballot):
        vote(entry)
    ask(ballot, lead)
    assert actions.close_if_ended(ballot=ballot, at=NOON).state == State.CLOSED


def test_without_anybody_asking_a_vote_stays_open_though_everybody_voted(ballot):
    for entry in entries(ballot):
        vote(entry)
    assert state_at(ballot, CLOSES - timedelta(seconds=1)) == State.OPEN


def test_a_second_member_of_the_team_ends_it_at_once_and_the_same_person_cannot(ballot, lead, second):
    enough_votes(ballot)
    asked = ask(ballot, lead)
    with pytest.raises(Conflict):
        actions.agree_early_closing(asked=asked, by=lead, at=NOON)
    soon = NOON + timedelta(minutes=5)
    actions.agree_early_closing(asked=asked, by=second, at=soon)
    assert state_at(ballot, soon) == State.CLOSED
    whats = list(Event.objects.order_by("-pk").values_list("what", "by")[:2])
    assert whats == [("ballots.closed", None), ("ballots.early_closing_agreed", second.pk)]


def test_withdrawn_it_ends_as_first_announced(ballot, lead, second):
    asked = ask(ballot, lead)
    actions.withdraw_early_closing(asked=asked, by=lead, at=NOON)
    ballot.refresh_from_db()
    assert (ballot.ends_at, queries.early_closing_of(ballot)) == (CLOSES, None)
    with pytest.raises(Conflict):
        actions.agree_early_closing(asked=asked, by=second, at=NOON)


def test_after_a_withdrawal_a_day_passes_before_it_is_asked_again(ballot, lead):
    actions.withdraw_early_closing(asked=ask(ballot, lead), by=lead, at=NOON)
    with pytest.raises(Conflict):
        ask(ballot, lead, at=NOON + DAY - timedelta(seconds=1))
    assert ask(ballot, lead, at=NOON + DAY)


def test_it_is_asked_once_and_only_while_the_vote_is_open(ballot, lead):
    ask(ballot, lead)
    for at in (NOON, LATER):
        with pytest.raises(Conflict):
            ask(ballot, lead, at=at)


# What the database refuses ---------------------------------------------------


@pytest.mark.parametrize("ends_at", [NOON, NOON + DAY, CLOSES - timedelta(seconds=1), CLOSES + DAY])
def test_the_database_refuses_another_end_that_nobody_was_told(ballot, ends_at):
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(ends_at=ends_at)


def test_the_database_refuses_an_end_before_a_day_has_passed(ballot, lead):
    ask(ballot, lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(ends_at=NOON + DAY - timedelta(seconds=1))


def test_the_database_refuses_an_end_whose_asking_was_withdrawn(ballot, lead):
    actions.withdraw_early_closing(asked=ask(ballot, lead), by=lead, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(ends_at=NOON + DAY)


def test_the_database_refuses_to_close_before_the_end(ballot):
    for state in (State.CLOSED, State.DECLARED):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ballot.objects.filter(pk=ballot.pk).update(state=state, closed_at=NOON, keys_signed=6)


@pytest.mark.parametrize("change", ["same person", "no moment", "no reason", "twice"])
def test_the_database_refuses_a_hollow_early_closing(ballot, lead, second, change):
    asked = ask(ballot, lead)
    changes = {
        "same person": {"agreed_by": lead, "agreed_at": NOON},
        "no moment": {"agreed_by": second},
        "no reason": {"reason": ""},
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        if change == "twice":
            asked.pk = None
            asked.save(force_insert=True)
        else:
            EarlyClosing.objects.filter(pk=asked.pk).update(**changes[change])


# Who is told -----------------------------------------------------------------


def test_everybody_gets_one_and_the_same_email_with_the_reason_and_their_link(ballot, lead, post):
    voted, silent, *_others = entries(ballot)
    vote(voted)
    sent = post(lambda: ask(ballot, lead))
    assert set(sent) == {lead.email, *(entry.person.email for entry in entries(ballot))}
    same = [
        (one.subject, one.body.replace(link_of(entry), "").replace(entry.person.name, ""))
        for entry in (voted, silent)
        if (one := sent[entry.person.email]) and link_of(entry) in one.body
    ]
    assert (len(same), len(set(same))) == (2, 1)
    assert same[0][0] == f"This vote closes early: {ballot.question}"
    for sentence in (
        WHY,
        "If you have not voted yet, please do so now",
        "you can change your vote until then",
    ):
        assert sentence in same[0][1]
    assert link_of(silent) not in sent[lead.email].body


def test_they_are_told_again_when_it_is_withdrawn(ballot, lead, post):
    asked = ask(ballot, lead)
    vote(entries(ballot)[0])
    sent = post(lambda: actions.withdraw_early_closing(asked=asked, by=lead, at=NOON))
    assert set(sent) == {lead.email, *(entry.person.email for entry in entries(ballot))}
    assert {message.subject for message in sent.values()} == {f"This vote stays open: {ballot.question}"}


def test_voters_and_leads_are_told_of_a_vote_without_a_result(ballot, lead, post):
    sent = post(lambda: actions.close_ballot(ballot=ballot, at=LATER))
    assert set(sent) == {lead.email, *(entry.person.email for entry in entries(ballot))}
    for message in sent.values():
        assert message.subject == f"This vote has no result: {ballot.question}"
        assert "Fewer than 5 people voted." in message.body


def test_voters_and_leads_are_told_of_a_stopped_vote_and_of_its_end(ballot, lead, post):
    everybody = {lead.email, *(entry.person.email for entry in entries(ballot))}
    sent = post(lambda: actions.stop_ballot(ballot=ballot, because="Votes were lost.", at=NOON))
    assert set(sent) == everybody
    assert all("Votes were lost." in message.body for message in sent.values())
    sent = post(lambda: actions.void_ballot(ballot=ballot, by=lead, at=NOON))
    assert set(sent) == everybody
    assert all("every vote and every reason has been destroyed" in message.body for message in sent.values())


# Pages -----------------------------------------------------------------------


def test_a_lead_asks_and_a_second_member_agrees_on_a_page_of_their_own(ballot, lead, second, client_as):
    enough_votes(ballot)
    asked = text(client_as(lead).post(address("close", ballot), {"reason": WHY}, follow=True))
    assert "Everybody on the voters’ list is told by email" in asked
    assert address("agree", ballot) in client_as(lead).get(address("close", ballot)).content.decode()
    assert "somebody else on the team has to agree" in text(client_as(lead).get(address("agree", ballot)))
    assert client_as(lead).post(address("agree", ballot)).status_code == 409
    client = client_as(second)
    assert address("agree", ballot) in client.get(address("ballot", ballot)).content.decode()
    assert WHY in text(client.get(address("agree", ballot)))
    assert "The vote is closed" in text(client.post(address("agree", ballot), follow=True))
    assert Ballot.objects.get().state == State.CLOSED


def test_the_new_end_and_the_reason_stand_on_every_page_of_the_vote(ballot, lead, client, client_as):
    vote(entries(ballot)[1])
    ask(ballot, lead)
    pages = [
        client.get(link_of(entries(ballot)[0])),
        client.get(link_of(entries(ballot)[1], "done_by_link")),
        client.get(address("ballot", ballot)),
        client_as(lead).get(address("status", ballot)),
    ]
    for page in pages:
        assert "This vote closes earlier than announced: on Thursday 2 February 2017, midday." in text(page)
        assert WHY in text(page)
    story = text(client.get("/labs/asthma/story/"))
    assert "The lab team asked to close the vote early" in story


def test_a_lead_withdraws_it_from_the_page(ballot, lead, client_as):
    ask(ballot, lead)
    page = text(client_as(lead).post(address("withdraw", ballot), follow=True))
    assert "The vote stays open until its time." in page
    assert EarlyClosing.objects.get().withdrawn_at == NOON


def test_it_waits_for_the_rest_of_the_team_but_not_for_who_asked(ballot, lead, second):
    outsider = PersonFactory()

    def waits_for(person, at=NOON):
        return [one.url for one in queries.waiting(person, at)]

    assert waits_for(second) == []
    ask(ballot, lead)
    assert waits_for(second) == [address("agree", ballot)]
    assert (waits_for(lead), waits_for(outsider), waits_for(second, LATER)) == ([], [], [])


def test_a_stopped_vote_waits_for_its_lead(ballot, lead):
    one = actions.stop_ballot(ballot=ballot, because="Votes were lost.", at=NOON)
    assert [(item.title, item.url) for item in queries.waiting(lead, NOON)] == [
        (f"A vote was stopped: {ballot.question}", address("void", one))
    ]
