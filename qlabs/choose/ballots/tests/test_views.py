import hashlib
import json
import re

import pytest
from django.urls import reverse

from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions, links, queries
from qlabs.choose.ballots.models import Ballot, Reason, RollEntry, SealedVote
from qlabs.choose.themes.tests.factories import ThemeFactory

from .factories import (
    CLOSES,
    LATER,
    NOON,
    BallotFactory,
    cast,
    closed_ballot,
    declared_ballot,
    entries,
    members,
    open_ballot,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab(clock):
    return LabFactory(slug="asthma", public=True, open="choose")


@pytest.fixture
def lead(lab):
    return MembershipFactory(lab=lab, role=Role.LEAD).person


@pytest.fixture
def ballot(lab):
    members(3, nation="wales")
    return open_ballot(BallotFactory(lab=lab, reason_prompt="Why?"))


def address(name, ballot):
    return reverse(f"ballots:{name}", args=[ballot.lab.slug, ballot.pk])


def link_of(entry, name="by_link"):
    return reverse(f"ballots:{name}", args=[links.token(entry, entry.ballot)])


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def hidden(answer, name):
    return re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode()).group(1)


# The voter -------------------------------------------------------------------


def test_opening_a_personal_link_changes_nothing(ballot, client):
    before = list(RollEntry.objects.values())
    for ask in (client.get, client.head):
        assert ask(link_of(entries(ballot)[0])).status_code == 200
    assert list(RollEntry.objects.values()) == before


def test_the_vote_page_tells_the_browser_all_it_needs(ballot, client_as):
    entry = entries(ballot)[0]
    page = client_as(entry.person).get(address("ballot", ballot)).content.decode()
    assert f'data-ballot="{ballot.code}"' in page
    assert f'data-box-url="/box/{ballot.pk}/"' in page
    scopes = json.loads(re.search(r'data-scopes="([^"]*)"', page).group(1).replace("&#34;", '"'))
    assert [scope["scope"] for scope in scopes] == ["choice", "nation:wales", "reason"]


def test_voting_without_scripts_takes_a_page_and_a_confirmation(ballot, client):
    entry, option = entries(ballot)[0], ballot.options.first()
    page = client.get(link_of(entry))
    chosen = {"choice": option.public_id, "reason": "We wait.", "code": "", "seed": hidden(page, "seed")}
    confirm = client.post(link_of(entry), chosen)
    assert f"You chose: {option.title}" in text(confirm)
    assert SealedVote.objects.count() == 0
    again = {name: hidden(confirm, name) for name in chosen}
    assert again == chosen
    done = [client.post(link_of(entry), again | {"cast": "1"}) for _twice in range(2)]
    codes = [re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4,6}", text(answer)) for answer in done]
    assert codes[0] == codes[1]
    assert [len(code) for code in codes[0]] == [24, 34]
    assert codes[0][1] == chosen["seed"]
    assert SealedVote.objects.filter(scope="choice").count() == 1
    assert "no-store" in done[0]["Cache-Control"]


def test_a_change_code_changes_the_vote_without_scripts(ballot, client):
    entry, (first, second, _third) = entries(ballot)[0], ballot.options.all()
    seed = hidden(client.get(link_of(entry)), "seed")
    client.post(link_of(entry), {"choice": first.public_id, "seed": seed, "cast": "1"})
    other = hidden(client.get(link_of(entry)), "seed")
    refused = client.post(link_of(entry), {"choice": second.public_id, "seed": other, "cast": "1"})
    assert refused.status_code == 409
    assert "enter the change code" in text(refused)
    changed = {"choice": second.public_id, "seed": other, "code": seed.lower().replace("-", " "), "cast": "1"}
    assert client.post(link_of(entry), changed).status_code == 200
    rows = SealedVote.objects.filter(scope="choice").order_by("counter").values_list("counter", "choice")
    assert list(rows) == [(1, first.public_id), (2, second.public_id)]


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({}, "Select one option, or select that you make no choice"),
        ({"choice": "made-up"}, "Select one option, or select that you make no choice"),
        ({"choice": "", "code": "7K3M"}, "Check your change code"),
        ({"choice": "", "seed": ""}, "Open the page again and vote from there"),
    ],
)
def test_a_wrong_vote_says_what_to_do(ballot, client, posted, sentence):
    entry = entries(ballot)[0]
    seed = hidden(client.get(link_of(entry)), "seed")
    answer = client.post(link_of(entry), {"seed": seed, "cast": "1"} | posted)
    assert sentence in text(answer)
    assert SealedVote.objects.count() == 0


def test_a_late_joiner_is_told_kindly_and_signs_nothing(ballot, client_as):
    client = client_as(members(1)[0])
    assert "You will be on the list of the next vote" in text(client.get(address("ballot", ballot)))
    assert client.post(address("sign", ballot), "{}", content_type="application/json").status_code == 403


def test_a_stranger_is_asked_to_sign_in(ballot, client):
    assert "Sign in to vote" in text(client.get(address("ballot", ballot)))
    assert client.post(address("sign", ballot)).url.startswith("/account/login/")


def test_a_link_is_of_no_use_after_the_close(ballot, client, clock):
    entry = entries(ballot)[0]
    clock.move_to(LATER)
    answer = client.get(link_of(entry))
    assert answer.status_code == 410
    assert "This vote has closed" in text(answer)
    assert client.post(link_of(entry), {"choice": "", "cast": "1"}).status_code == 410


@pytest.mark.parametrize("token", ["x", "A" * 32, "....", "é" * 8])
def test_a_made_up_link_opens_nothing(ballot, client, token):
    assert client.get(reverse("ballots:by_link", args=[token])).status_code == 404


def test_a_link_of_another_installation_opens_nothing(ballot, client, settings):
    token = links.token(entries(ballot)[0], ballot)
    settings.SECRET_KEY = "another secret of fifty signs, made for this one test"
    assert client.get(reverse("ballots:by_link", args=[token])).status_code == 404
    settings.SECRET_KEY_FALLBACKS = []


def test_options_stand_in_an_order_of_her_own_that_does_not_change(lab, client):
    members(12)
    ballot = open_ballot(BallotFactory(lab=lab))
    orders = {entry.pk: [o.title for o in queries.options_for(ballot, entry)] for entry in entries(ballot)}
    assert len({tuple(order) for order in orders.values()}) > 1
    again = {entry.pk: [o.title for o in queries.options_for(ballot, entry)] for entry in entries(ballot)}
    assert orders == again


def test_my_votes_say_that_a_vote_was_cast_and_not_for_what(ballot, client_as, client):
    entry, option = entries(ballot)[0], ballot.options.first()
    cast(entry, option, client=client)
    page = text(client_as(entry.person).get("/account/votes/"))
    assert "A vote was cast" in page
    assert option.title not in page


# The lead --------------------------------------------------------------------


def test_a_lead_prepares_opens_and_sees_only_the_turnout(lab, lead, client_as, client):
    themes = ThemeFactory.create_batch(2, shortlisted=True, lab=lab)
    members(3)
    client_as(lead)
    form = {
        "question": "Which theme?", "themes": [theme.pk for theme in themes], "tie_rule": "run-off",
        "breakdowns": ["nation"], "threshold": "10", "closes_at-day": "22", "closes_at-month": "2",
        "closes_at-year": "2017", "closes_at-time": "5pm", "reason_prompt": "Why?", "what_next": "A workshop.",
    }  # fmt: skip
    answer = client.post("/labs/asthma/ballots/new/", form, follow=True)
    ballot = Ballot.objects.get()
    assert (ballot.closes_at, ballot.breakdowns, ballot.state) == (CLOSES, ["nation"], "draft")
    assert "The vote is prepared" in text(answer)
    assert "3 people are members of the community now" in text(client.get(address("open", ballot)))
    answer = client.post(address("open", ballot), follow=True)
    assert "0 of 3 people have voted (0.0%)" in text(answer)
    cast(entries(ballot)[0], ballot.options.first(), client=client)
    page = text(client.get(address("status", ballot)))
    assert "1 of 3 people have voted (33.3%)" in page
    assert themes[0].title not in page


def test_a_draft_that_is_wrong_says_what_to_do(lab, lead, client_as):
    ThemeFactory.create_batch(2, shortlisted=True, lab=lab)
    form = {"question": "", "themes": [], "closes_at-day": "1", "closes_at-month": "1", "closes_at-year": "2017",
            "closes_at-time": "5pm", "tie_rule": "run-off", "threshold": "3"}  # fmt: skip
    page = text(client_as(lead).post("/labs/asthma/ballots/new/", form))
    too_late, too_low = "Choose a time that is still to come", "Enter 5 or more"
    for sentence in ("Enter the question", "Select at least two themes", too_late, too_low):
        assert sentence in page


def test_one_reminder_a_week_is_enough(ballot, lead, client_as):
    client = client_as(lead)
    assert client.post(address("remind", ballot)).status_code == 302
    again = client.post(address("remind", ballot))
    assert again.status_code == 409
    assert "One reminder a week is enough" in text(again)


def test_the_roll_is_corrected_only_before_the_first_vote(ballot, lead, client_as, client):
    entry, other, _third = entries(ballot)
    client_as(lead)
    assert "Take off" in text(client.get(address("roll", ballot)))
    correct = reverse("ballots:correct", args=["asthma", entry.pk])
    assert client.get(correct).status_code == 200
    assert client.post(correct, {"reason": "Is on the list twice."}).status_code == 302
    cast(other, None, client=client)
    assert "Take off" not in text(client.get(address("roll", ballot)))


def test_closing_early_needs_a_reason_and_declaring_tells_the_result(ballot, lead, client_as, client):
    option = ballot.options.first()
    for entry in entries(ballot)[:2]:
        cast(entry, option, client=client, reason="It hurts.")
    client_as(lead)
    assert "Enter why the vote closes early" in text(client.post(address("close", ballot), {"reason": ""}))
    assert client.post(address("close", ballot), {"reason": "All have voted."}).status_code == 302
    assert "the votes are counted" in text(client.get(address("declare", ballot)))
    page = text(client.post(address("declare", ballot), follow=True))
    assert "2 of 2 people who voted (100.0%) chose “Self-care”." in page
    assert "2 of 3 people who could vote did so (66.7%)." in page
    assert "The vote closed before its time. The reason: All have voted." in page


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
    assert "Prepare a second vote" not in text(client.get(address("ballot", ballot)))
    client_as(lead)
    assert "Prepare a second vote" in text(client.get(address("ballot", ballot)))
    assert client.get(address("run_off", ballot)).status_code == 200
    form = {"closes_at-day": "1", "closes_at-month": "3", "closes_at-year": "2017", "closes_at-time": "5pm"}
    assert client.post(address("run_off", ballot), form).status_code == 302


# Everybody -------------------------------------------------------------------


def test_a_stranger_downloads_the_file_once_and_finds_a_receipt(ballot, client):
    voter = cast(entries(ballot)[0], None, client=client)
    declared = declared_ballot(ballot)
    client.logout()
    answer = client.get(address("file", declared))
    assert hashlib.sha256(answer.content).hexdigest() == declared.file_sha256
    assert client.get(address("file", declared), headers={"If-None-Match": answer["ETag"]}).status_code == 304
    page = client.get(address("receipts", declared), {"q": voter.receipt.lower()})
    assert f"Found: {voter.receipt}." in text(page)
    assert "is not in the list" in text(client.get(address("receipts", declared), {"q": "AAAA"}))


def test_anyone_can_download_the_program_that_recounts(client):
    program = client.get("/recount.py").content.decode()
    assert program.startswith("#!/usr/bin/env python3")
    assert len(program.splitlines()) < 250


def test_no_file_and_no_receipt_before_the_declaration(ballot, lead, client_as):
    client = client_as(lead)
    for name in ("file", "receipts"):
        assert client.get(address(name, ballot)).status_code == 403
    closed_ballot(ballot)
    for name in ("file", "receipts"):
        assert client.get(address(name, ballot)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_however_many_rows(lab, client, count, django_assert_num_queries):
    for _ in range(count):
        members(1)
        open_ballot(BallotFactory(lab=lab))
    with django_assert_num_queries(4):
        client.get("/labs/asthma/ballots/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_result_costs_the_same_however_many_voters(lab, client, count, django_assert_num_queries):
    members(count, nation="wales")
    ballot = open_ballot(BallotFactory(lab=lab, choices=[f"Theme {n}" for n in range(count + 1)]))
    for entry in entries(ballot):
        cast(entry, ballot.options.first(), client=client, reason="So.")
    declared = declared_ballot(ballot)
    for reason in Reason.objects.all():
        actions.show_reason(reason=reason, by=PersonFactory(), at=NOON)
    with django_assert_num_queries(5):
        client.get(address("ballot", declared))
    with django_assert_num_queries(3):
        client.get(address("receipts", declared))
