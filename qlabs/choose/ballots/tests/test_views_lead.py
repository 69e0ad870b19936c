from datetime import timedelta

import pytest
from django.urls import reverse

from qlabs.base.core.models import Event
from qlabs.choose.ballots import watches
from qlabs.choose.ballots.models import Ballot, Reason, RollEntry
from qlabs.choose.themes.tests.factories import ThemeFactory

from .factories import CLOSES, NOON, Voter, cast, closed_ballot, declared_ballot, entries, members
from .reading import address, text

pytestmark = pytest.mark.django_db


def test_a_lead_prepares_opens_and_sees_only_the_turnout(lab, lead, client_as, client):
    themes = ThemeFactory.create_batch(2, shortlisted=True, lab=lab)
    members(5)
    client_as(lead)
    form = {
        "question": "Which theme?", "themes": [theme.pk for theme in themes], "tie_rule": "run-off",
        "voters": "community", "fewest_votes": "5",
        "breakdowns": ["nation"], "threshold": "10", "closes_at-day": "22", "closes_at-month": "2",
        "closes_at-year": "2017", "closes_at-time": "5pm", "reason_prompt": "Why?", "what_next": "A workshop.",
    }  # fmt: skip
    answer = client.post("/labs/asthma/ballots/new/", form, follow=True)
    ballot = Ballot.objects.get()
    assert (ballot.closes_at, ballot.breakdowns, ballot.state) == (CLOSES, ["nation"], "draft")
    assert "The vote is prepared" in text(answer)
    assert "5 people are members of the community now" in text(client.get(address("open", ballot)))
    answer = client.post(address("open", ballot), follow=True)
    assert "Fewer than 5 of 5 people have voted or begun to." in text(answer)
    cast(entries(ballot)[0], ballot.options.first(), client=client)
    page = text(client.get(address("status", ballot)))
    assert "Fewer than 5 of 5 people have voted or begun to." in page
    assert themes[0].title not in page


def test_a_draft_that_is_wrong_says_what_to_do(lab, lead, client_as):
    ThemeFactory.create_batch(2, shortlisted=True, lab=lab)
    form = {"question": "", "themes": [], "closes_at-day": "1", "closes_at-month": "1", "closes_at-year": "2017",
            "closes_at-time": "5pm", "tie_rule": "run-off", "threshold": "3", "fewest_votes": "4"}  # fmt: skip
    page = text(client_as(lead).post("/labs/asthma/ballots/new/", form))
    too_late, too_low = "Choose a time that is still to come", "Enter 5 or more"
    for sentence in ("Enter the question", "Select at least two themes", too_late, too_low):
        assert sentence in page


def test_the_roll_is_corrected_only_before_the_first_vote(ballot, lead, client_as, client):
    entry, other, *_others = entries(ballot)
    client_as(lead)
    assert "Take off" in text(client.get(address("roll", ballot)))
    correct = reverse("ballots:correct", args=["asthma", entry.pk])
    assert client.get(correct).status_code == 200
    assert client.post(correct, {"reason": "Is on the list twice."}).status_code == 302
    assert "We will try to take" in text(client.get(address("roll", ballot)))
    watches.count_hourly(at=NOON + timedelta(hours=1))
    assert not RollEntry.objects.filter(pk=entry.pk).exists()
    cast(other, None, client=client)
    Ballot.objects.update(turnout_shown=5)
    again = client.post(reverse("ballots:correct", args=["asthma", other.pk]), {"reason": "Twice."})
    assert again.status_code == 409
    assert "Voting has begun, so nobody can be taken off the list any more" in text(again)
    assert 'value="Twice."' in again.content.decode()
    assert "Reload" not in text(again)


def test_the_list_says_the_same_whether_or_not_somebody_has_voted(ballot, lead, client_as, client):
    before = text(client_as(lead).get(address("roll", ballot)))
    cast(entries(ballot)[0], None, client=client)
    assert text(client.get(address("roll", ballot))) == before
    assert "only if nobody has voted by then" in before
    assert "Nobody has voted" not in before


def test_closing_early_needs_a_reason_and_declaring_tells_the_result(ballot, lead, client_as, client):
    option = ballot.options.first()
    for entry in entries(ballot):
        cast(entry, option, client=client, reason="It hurts.")
    client_as(lead)
    assert "Enter why the vote closes early" in text(client.post(address("close", ballot), {"reason": ""}))
    assert client.post(address("close", ballot), {"reason": "All have voted."}).status_code == 302
    assert "the votes are counted" in text(client.get(address("declare", ballot)))
    page = text(client.post(address("declare", ballot), follow=True))
    assert "6 of 6 people who voted (100.0%) chose “Self-care”." in page
    assert "6 of 6 people who could vote did so (100.0%)." in page
    assert "not on Wednesday 22 February 2017, 5pm. The reason: All have voted." in page


def test_reasons_are_shown_only_after_a_moderator_read_them(ballot, lead, client_as, client):
    cast(entries(ballot)[0], ballot.options.first(), client=client, reason="It hurts.")
    client_as(lead)
    assert client.get(address("reasons", ballot)).status_code == 403
    declared_ballot(ballot)
    assert "It hurts." in text(client.get(address("reasons", ballot)))
    assert "It hurts." not in text(client.get(address("ballot", ballot)))
    judge = reverse("ballots:judge", args=["asthma", Reason.objects.get().key])
    assert client.post(judge, {"show": "1"}).status_code == 302
    assert "It hurts." in text(client.get(address("ballot", ballot)))
    assert "Enter why it is not shown" in text(client.post(judge, {"because": ""}))
    client.post(judge, {"because": "Names a person."})
    assert "It hurts." not in text(client.get(address("ballot", ballot)))


def test_a_tie_offers_a_second_vote_to_the_lead_alone(ballot, lead, client_as, client):
    for entry, option in zip(entries(ballot), ballot.options.all()[:2], strict=False):
        cast(entry, option, client=client)
    declared_ballot(ballot)
    client.logout()
    assert "Prepare a run-off" not in text(client.get(address("ballot", ballot)))
    client_as(lead)
    assert "Prepare a run-off" in text(client.get(address("ballot", ballot)))
    assert client.get(address("run_off", ballot)).status_code == 200
    form = {"closes_at-day": "1", "closes_at-month": "3", "closes_at-year": "2017", "closes_at-time": "5pm"}
    assert client.post(address("run_off", ballot), form).status_code == 302


def test_somebody_whose_vote_never_arrived_is_not_said_to_have_voted(ballot, lead, client_as, client):
    for entry in entries(ballot)[:5]:
        cast(entry, ballot.options.first(), client=client)
    Voter(entries(ballot)[5], client).sign()
    closed = closed_ballot(ballot)
    told = "5 of 6 people voted (83.3%). 1 more person began to vote, but no vote arrived."
    assert told in text(client_as(lead).get(address("status", closed)))
    assert Event.objects.get(what="ballots.closed").facts["voted"] == 5
