"""Few votes have no result: nothing that tells one stays, and the lead may ask again."""

import pytest
from django.db import IntegrityError, transaction

from qlabs.base.core.errors import Conflict
from qlabs.base.core.models import Event
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions, queries, settled, watches
from qlabs.choose.ballots.errors import Closed
from qlabs.choose.ballots.models import (
    Ballot,
    CountedVote,
    Reason,
    RollEntry,
    SealedVote,
    SigningKey,
    State,
)
from qlabs.choose.themes.tests.factories import ThemeFactory

from .factories import CLOSES, LATER, NOON, OPENED, BallotFactory, entries, kept_keys, members, open_ballot
from .reading import address, link_of, text

pytestmark = pytest.mark.django_db
FEW = "Fewer than 5 people voted"


def vote(entry, choice="", reason=""):
    actions.vote_for(entry=entry, seed=entry.pk.to_bytes(16, "big"), choice=choice, reason=reason, at=NOON)


@pytest.fixture
def few(ballot):
    """Four of six have voted, all for one option, and said why; then the time is over."""
    for entry in entries(ballot)[:4]:
        vote(entry, ballot.options.first().public_id, "Because of my neighbour.")
    ballot = actions.close_ballot(ballot=ballot, at=LATER)
    actions.scrub(ballot=ballot, at=LATER)
    return ballot


def test_a_vote_with_one_vote_too_few_has_no_result(few):
    with pytest.raises(Conflict):
        actions.declare(ballot=few, by=PersonFactory(), at=LATER)
    assert (few.state, few.closed_at) == (State.VOID, LATER)


def test_just_enough_votes_have_a_result(ballot):
    for entry in entries(ballot):
        vote(entry)
    assert actions.close_ballot(ballot=ballot, at=LATER).state == State.CLOSED


def test_nothing_that_tells_an_outcome_or_the_number_of_votes_stays(few):
    assert not any(model.objects.exists() for model in (SealedVote, CountedVote, Reason))
    assert not SigningKey.objects.exclude(private="").exists()
    kept = Ballot.objects.get(pk=few.pk)
    assert (kept.box_sealed, kept.marginals, kept.result, kept.keys_signed) == ("", {}, None, 0)
    assert (kept.turnout_shown, kept.scrubbed_at) == (None, LATER)


def test_the_roll_of_a_vote_without_result_does_not_tell_who_voted(ballot):
    vote(entries(ballot)[0])
    RollEntry.objects.filter(pk=entries(ballot)[0].pk).update(told=True)
    actions.close_ballot(ballot=ballot, at=LATER)
    marks = ("has_key", "told", "request_hash", "reminders", "invited", "informed")
    assert len(set(RollEntry.objects.values_list(*marks))) == 1
    assert not RollEntry.objects.filter(has_key=True).exists()


def test_the_log_tells_only_that_too_few_voted(few):
    assert Event.objects.latest("pk").what == "ballots.voided"
    assert Event.objects.latest("pk").facts == {"because": "few", "fewest": 5, "roll": 6}
    assert not Event.objects.filter(what="ballots.closed").exists()


def test_voters_and_visitors_read_that_there_is_no_result_and_why(few, client, client_as):
    voter, silent = entries(few)[0], entries(few)[4]
    assert FEW in text(client.get(address("ballot", few)))
    assert "About 5 minutes" not in text(client.get(address("ballot", few)))
    assert FEW in text(client.get(link_of(voter)))
    for entry in (voter, silent):
        mine = text(client_as(entry.person).get("/account/votes/"))
        assert "This vote had no result" in mine
        assert "ote was cast There" not in mine
        assert "cast in your name. We" not in text(client.get(link_of(entry, "done_by_link")))
    assert "without a result" in text(client.get(f"/labs/{few.lab.slug}/ballots/"))
    assert client.get(address("file", few)).status_code == 403


def test_no_page_of_a_vote_without_result_tells_how_many_voted(few, lead, client_as):
    for page in ("ballot", "status", "roll"):
        told = text(client_as(lead).get(address(page, few)))
        assert "people voted (" not in told
        assert "4 of" not in told


@pytest.mark.parametrize("change", [{"fewest_votes": 4}, {"fewest_votes": None}, {"fewest_votes": 0}])
def test_the_database_refuses_a_smaller_smallest_number(lab, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=BallotFactory(lab=lab).pk).update(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"state": State.CLOSED, "closed_at": LATER, "keys_signed": 4},
        {"state": State.VOID, "closed_at": LATER, "keys_signed": 4, "box_sealed": ""},
        {"state": State.VOID, "closed_at": LATER},
        {"state": State.STOPPED, "closed_at": LATER},
    ],
)
def test_the_database_refuses_a_result_of_few_and_a_void_vote_that_tells_something(ballot, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(**change)


def test_a_roll_smaller_than_that_cannot_open_a_secret_vote(lab, lead, client_as):
    members(4)
    draft = BallotFactory(lab=lab)
    answer = client_as(lead).post(address("open", draft))
    assert answer.status_code == 409
    assert "Only 4 people could vote, and this vote has a result from 5 votes on." in text(answer)
    assert "ask people openly, for example with a show of hands at a meeting" in text(answer)
    assert not RollEntry.objects.exists()


def test_a_vote_takes_the_number_that_its_voters_were_told(lab):
    members(12)
    ballot = open_ballot(BallotFactory(lab=lab, fewest_votes=10))
    for entry in entries(ballot)[:9]:
        vote(entry)
    assert actions.close_ballot(ballot=ballot, at=LATER).state == State.VOID


def test_voters_are_told_the_number_before_they_vote(ballot, client):
    assert "At least 5 votes. With fewer there is no result" in text(client.get(link_of(entries(ballot)[0])))


# Asking again ----------------------------------------------------------------


def test_asking_again_is_a_new_draft_with_the_same_settings_and_options(few):
    again = actions.ask_again(ballot=few, closes_at=CLOSES.replace(year=2018), by=PersonFactory(), at=LATER)
    assert (again.state, again.again_of, queries.asked_again(few)) == (State.DRAFT, few, again)
    same = settled.names(settled.Goes.COPY)
    assert [getattr(again, name) for name in same] == [getattr(few, name) for name in same]
    titles = [[option.title for option in queries.options(one)] for one in (few, again)]
    assert titles[0] == titles[1]


def test_a_vote_is_asked_again_once_and_only_without_a_result(few):
    asking = {"closes_at": CLOSES.replace(year=2018), "by": PersonFactory(), "at": LATER}
    again = actions.ask_again(ballot=few, **asking)
    for ballot in (few, again):
        with pytest.raises(Conflict):
            actions.ask_again(ballot=ballot, **asking)


def test_themes_that_are_on_a_ballot_can_be_asked_again(lab):
    members(5)
    themes = ThemeFactory.create_batch(2, shortlisted=True, lab=lab)
    facts = {"by": PersonFactory(), "at": OPENED}
    draft = actions.create_ballot(
        lab=lab, question="Which?", closes_at=CLOSES, themes=themes, fewest_votes=5, **facts
    )
    ballot = actions.open_ballot(ballot=draft, make_keys=kept_keys, **facts)
    few = actions.close_ballot(ballot=ballot, at=LATER)
    again = actions.ask_again(ballot=few, closes_at=CLOSES.replace(year=2018), by=facts["by"], at=LATER)
    assert (
        actions.open_ballot(ballot=again, by=facts["by"], at=LATER, make_keys=kept_keys).state == State.OPEN
    )


def test_a_lead_asks_again_from_the_page_and_each_vote_leads_to_the_other(few, lead, client_as, client):
    client_as(lead)
    assert "Ask again" in text(client.get(address("ballot", few)))
    form = {"closes_at-day": "1", "closes_at-month": "3", "closes_at-year": "2018", "closes_at-time": "5pm"}
    assert "Enter when" in text(client.post(address("ask_again", few), {}))
    page = text(client.post(address("ask_again", few), form, follow=True))
    assert "The new vote is prepared" in page
    assert "second vote is prepared" not in page
    assert "This question was asked before, without a result." in page
    assert "The same question is asked again here." in text(client.get(address("ballot", few)))
    client.logout()
    assert "asked again" not in text(client.get(address("ballot", few)))


def test_a_vote_without_result_waits_for_its_lead_until_the_lab_has_another(few, lead):
    def waits():
        return [(item.title, item.url) for item in queries.waiting(lead, LATER)]

    assert waits() == [(f"No result: ask again? {few.question}", address("ask_again", few))]
    actions.ask_again(ballot=few, closes_at=CLOSES.replace(year=2018), by=lead, at=LATER)
    assert waits() == []


# Stopping --------------------------------------------------------------------


def stopped(ballot):
    return actions.stop_ballot(ballot=ballot, because="Votes were lost when the server broke.", at=NOON)


def test_a_stopped_vote_takes_no_vote_and_gets_no_result(ballot, client):
    vote(entries(ballot)[0])
    one = stopped(ballot)
    assert "lost when the server broke" in text(client.get(link_of(entries(ballot)[1])))
    with pytest.raises(Closed):
        vote(entries(ballot)[1])
    with pytest.raises(Conflict):
        actions.declare(ballot=one, by=PersonFactory(), at=LATER)
    assert actions.close_ballot(ballot=one, at=LATER).state == State.STOPPED


def test_a_stopped_vote_is_voided_by_a_lead_and_nothing_of_it_stays(ballot, lead, client_as, client):
    vote(entries(ballot)[0])
    one = stopped(ballot)
    client_as(lead)
    assert "Destroy the votes" in text(client.get(address("ballot", one)))
    assert client.get(address("void", one)).status_code == 200
    page = text(client.post(address("void", one), follow=True))
    assert "It was stopped. The reason: Votes were lost" in page
    assert "Ask again" in page
    assert not SealedVote.objects.exists()
    assert Event.objects.latest("pk").facts == {"because": "stopped", "fewest": 5, "roll": 6}


def test_a_closed_vote_can_be_stopped_and_a_declared_one_cannot(ballot):
    for entry in entries(ballot):
        vote(entry, ballot.options.first().public_id, "Because.")
    closed = actions.close_ballot(ballot=ballot, at=LATER)
    one = actions.stop_ballot(ballot=closed, because="The keys are wrong.", at=LATER)
    void = actions.void_ballot(ballot=one, by=PersonFactory(), at=LATER)
    assert (CountedVote.objects.count(), Reason.objects.count(), void.marginals) == (0, 0, {})
    with pytest.raises(Conflict):
        actions.stop_ballot(ballot=void, because="Again.", at=LATER)


def test_a_box_that_does_not_match_the_roll_is_stopped_when_its_time_comes(ballot):
    for entry in entries(ballot):
        vote(entry)
    RollEntry.objects.filter(pk=entries(ballot)[0].pk).update(has_key=False)
    watches.close_in_time(at=LATER)
    stopped_one = Ballot.objects.get()
    assert (stopped_one.state, stopped_one.closed_at) == (State.STOPPED, LATER)
    assert "do not match" in stopped_one.stopped_because
