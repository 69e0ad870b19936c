from datetime import timedelta

import pytest
from django.urls import reverse

from qlabs.base.core.errors import Conflict
from qlabs.base.core.models import Event
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions, watches
from qlabs.choose.ballots.models import Ballot, PlannedReminder

from .factories import CLOSES, NOON, OPENED, BallotFactory, cast, entries, open_ballot
from .reading import address, text

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
ON = {"goes_at-day": "10", "goes_at-month": "2", "goes_at-year": "2017", "goes_at-time": "9am"}


def plan(ballot, goes_at, *, at=NOON):
    return actions.plan_reminder(ballot=ballot, goes_at=goes_at, by=PersonFactory(), at=at)


def tick(at):
    return lambda: watches.remind_as_planned(at=at)


def last_event():
    return Event.objects.order_by("pk").last()


def vote_all(ballot):
    for number, entry in enumerate(entries(ballot)):
        actions.vote_for(entry=entry, seed=number.to_bytes(16), choice="", reason="", at=NOON)


def test_the_lead_sees_the_reminder_before_she_sends_it(ballot, lead, client_as):
    client = client_as(lead)
    page = text(client.get(address("remind", ballot)))
    for words in ("There is still time to vote: Which theme", "[personal link]", ballot.check_code, "[name]"):
        assert words in page
    assert Ballot.objects.get().reminders == 0
    assert client.post(address("remind", ballot)).status_code == 302
    again = client.post(address("remind", ballot))
    assert again.status_code == 409
    assert "One reminder a week is enough" in text(again)
    assert "Send the reminder now" not in text(again)


def test_a_reminder_to_nobody_is_refused_and_uses_nothing_up(ballot, lead, client_as, run):
    vote_all(ballot)
    answer = client_as(lead).post(address("remind", ballot))
    assert answer.status_code == 409
    assert "Nobody is left to remind" in text(answer)
    now = Ballot.objects.get()
    assert (now.reminded_at, now.reminders) == (None, 0)
    assert "Send the reminder now" in text(answer)


def test_whose_account_is_closed_is_nobody_to_remind(run):
    ballot = open_ballot()
    last, *others = entries(ballot)
    for number, entry in enumerate(others):
        actions.vote_for(entry=entry, seed=number.to_bytes(16), choice="", reason="", at=NOON)
    last.person.is_active = False
    last.person.save()
    with pytest.raises(Conflict, match="Nobody is left"):
        actions.remind(ballot=ballot, by=PersonFactory(), at=NOON)


def test_a_planned_reminder_goes_by_itself_once_and_its_week_counts(run):
    ballot = open_ballot()
    goes = NOON + timedelta(days=3)
    plan(ballot, goes)
    assert len(run(tick(goes - timedelta(minutes=1)))) == 0
    assert len(run(tick(goes))) == len(entries(ballot))
    assert len(run(tick(goes + timedelta(minutes=1)))) == 0
    assert (last_event().what, last_event().by_id) == ("ballots.reminded", None)
    with pytest.raises(Conflict, match="One reminder a week"):
        actions.remind(ballot=ballot, by=PersonFactory(), at=goes + timedelta(days=6))


def test_a_planned_reminder_to_nobody_uses_nothing_up_and_the_log_says_so(run):
    ballot = open_ballot()
    plan(ballot, NOON + timedelta(days=3))
    vote_all(ballot)
    assert len(run(tick(NOON + timedelta(days=3)))) == 0
    assert last_event().what == "ballots.reminder_to_nobody"
    assert Ballot.objects.get().reminded_at is None


def test_between_two_reminders_lies_a_week_planned_or_not():
    ballot = open_ballot()
    plan(ballot, NOON + WEEK)
    for near in (timedelta(days=1), WEEK, 2 * WEEK - timedelta(minutes=1)):
        with pytest.raises(Conflict, match="one is planned"):
            plan(ballot, NOON + near)
    plan(ballot, NOON + 2 * WEEK)
    with pytest.raises(Conflict, match="one is planned"):
        actions.remind(ballot=ballot, by=PersonFactory(), at=NOON + timedelta(days=1))
    actions.remind(ballot=ballot, by=PersonFactory(), at=NOON)


def test_one_that_comes_late_and_too_soon_after_another_is_left_out(run):
    ballot = open_ballot()
    plan(ballot, NOON + timedelta(days=2))
    plan(ballot, NOON + timedelta(days=9))
    stood_still_until = NOON + timedelta(days=10)
    assert len(run(tick(stood_still_until))) == len(entries(ballot))
    assert last_event().what == "ballots.reminder_left_out"
    assert not PlannedReminder.objects.exists()


def test_a_draft_has_planned_reminders_too_and_none_from_before_it_opened(run):
    ballot = BallotFactory()
    plan(ballot, OPENED + timedelta(hours=1), at=OPENED - WEEK)
    plan(ballot, OPENED + timedelta(days=8), at=OPENED - WEEK)
    assert len(run(tick(OPENED + timedelta(hours=1)))) == 0
    ballot = open_ballot(ballot, at=OPENED + timedelta(hours=2))
    assert len(run(tick(OPENED + timedelta(hours=3)))) == 0
    assert len(run(tick(OPENED + timedelta(days=8)))) == len(entries(ballot))


@pytest.mark.parametrize("goes_at", [OPENED, CLOSES, CLOSES + timedelta(days=1)])
def test_no_reminder_is_planned_for_when_the_vote_is_not_open(goes_at):
    with pytest.raises(Conflict, match="while the vote is open"):
        plan(open_ballot(), goes_at)


def test_the_lead_plans_and_cancels_on_the_page(ballot, lead, client_as, client, run):
    client_as(lead)
    assert "Enter when the reminder goes out" in text(client.post(address("plan", ballot), {}))
    assert client.post(address("plan", ballot), ON).status_code == 302
    again = client.post(address("plan", ballot), ON)
    assert again.status_code == 409
    assert "one is planned for Friday 10 February 2017, 9am" in text(again)
    page = text(client.get(address("remind", ballot)))
    assert "Friday 10 February 2017, 9am" in page
    planned = PlannedReminder.objects.get()
    answer = client.post(reverse("ballots:cancel", args=["asthma", planned.pk]), follow=True)
    assert "None is planned." in text(answer)
    assert len(run(tick(planned.goes_at))) == 0
    assert last_event().what == "ballots.reminder_cancelled"


def test_the_page_does_not_tell_how_many_have_voted(ballot, lead, client_as, client):
    before = text(client_as(lead).get(address("remind", ballot)))
    cast(entries(ballot)[0], None, client=client)
    assert text(client.get(address("remind", ballot))) == before
    vote_all_but_first = entries(ballot)[1:]
    for number, entry in enumerate(vote_all_but_first):
        actions.vote_for(entry=entry, seed=number.to_bytes(16), choice="", reason="", at=NOON)
    assert text(client.get(address("remind", ballot))) == before
