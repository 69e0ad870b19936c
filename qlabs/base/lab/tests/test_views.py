import re
from datetime import date, datetime, timedelta
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.urls import reverse

from qlabs.base.core import events
from qlabs.base.core.models import Event
from qlabs.base.lab.models import Funding, GatePassage, Lab, Membership, Role
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui.words import LONDON

from .factories import FundingFactory, LabFactory, MembershipFactory

pytestmark = pytest.mark.django_db
PAGES = ("settings", "team", "funding", "stages", "archive", "log")


@pytest.fixture(autouse=True)
def standing_clock(clock):
    cache.clear()


@pytest.fixture
def lead():
    return PersonFactory(name="Tracy Webb")


@pytest.fixture
def lab(lead):
    return LabFactory(
        slug="asthma", title="Asthma", public=True, lead=lead, closed="choose", forty_weeks=True
    )


@pytest.fixture
def web(client_as, lead, lab):
    return client_as(lead)


def days(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def moment(name, day, clock):
    return {**days(name, day), f"{name}-time": clock}


def whats():
    return list(Event.objects.values_list("what", flat=True))


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_sent_to_sign_in(name, lab, client):
    url = reverse(f"lab:{name}", args=["asthma"])
    answer = client.get(url)
    assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={quote(url)}")


@pytest.mark.parametrize("name", PAGES)
def test_a_member_is_refused_with_words(name, lab, client_as):
    answer = client_as(PersonFactory(member=True)).get(reverse(f"lab:{name}", args=["asthma"]))
    assert answer.status_code == 403
    assert "Ask the lab team if you think you should." in answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_a_private_lab_is_nowhere_for_a_member(name, client_as):
    LabFactory(slug="hidden")
    answer = client_as(PersonFactory(member=True)).get(reverse(f"lab:{name}", args=["hidden"]))
    assert answer.status_code == 404


def test_an_operator_sets_up_a_lab(client_as):
    operator = PersonFactory(operator=True)
    posted = {"title": "Falls", "template": "improvement-lab", "seen_by": "everyone", "is_pilot": "on"}
    answer = client_as(operator).post("/labs/new/", posted | days("starts_on", date(2017, 3, 6)))
    assert answer["Location"] == "/labs/falls/team/"
    lab = Lab.objects.get()
    assert (lab.is_public, lab.is_pilot, lab.ends_on) == (True, True, date(2017, 12, 11))
    assert list(lab.memberships.values_list("person", "role")) == [(operator.pk, "lead")]


def test_a_form_sent_twice_sets_up_one_lab(client_as):
    web = client_as(PersonFactory(operator=True))
    [token] = re.findall(r'name="token" value="([^"]+)"', web.get("/labs/new/").content.decode())
    posted = {"title": "Falls", "template": "improvement-lab", "seen_by": "team", "token": token}
    answers = [web.post("/labs/new/", posted | days("starts_on", date(2017, 3, 6))) for _time in range(2)]
    assert [answer["Location"] for answer in answers] == ["/labs/falls/team/"] * 2
    assert Lab.objects.count() == 1
    assert list(Event.objects.values_list("what", flat=True)) == ["lab.created"]
    web.post("/labs/new/", posted | {"token": token[::-1]} | days("starts_on", date(2017, 3, 6)))
    assert Lab.objects.count() == 2


def test_an_untitled_lab_is_not_set_up(web):
    answer = web.post("/labs/new/", {"template": "improvement-lab", "seen_by": "team"})
    assert "Enter a title" in answer.content.decode()
    assert Lab.objects.count() == 1


def test_a_short_lab_is_set_up_with_a_warning(web):
    posted = {"title": "Falls", "template": "short-lab", "seen_by": "team"}
    answer = web.post("/labs/new/", posted | days("starts_on", date(2017, 3, 6)), follow=True)
    assert "This lab is planned for 20 weeks." in answer.content.decode()


def settings_of(lab, **changes):
    posted = {"title": lab.title, "seen_by": "everyone"}
    return posted | days("starts_on", lab.starts_on) | days("ends_on", lab.ends_on) | changes


def test_settings_are_saved_and_the_challenge_is_told(web, lab):
    answer = web.post("/labs/asthma/settings/", settings_of(lab, base="Leeds", challenge="How might we?"))
    assert answer["Location"] == "/labs/asthma/"
    lab.refresh_from_db()
    assert (lab.base, lab.challenge) == ("Leeds", "How might we?")
    assert whats() == ["lab.challenge_set", "lab.updated"]


def test_an_end_before_the_start_stands_beside_its_field(web, lab):
    answer = web.post(
        "/labs/asthma/settings/", settings_of(lab, title="X", **days("ends_on", date(2016, 1, 1)))
    )
    page = answer.content.decode()
    assert '<a href="#id_ends_on-day">Enter an end that is after the start</a>' in page
    assert whats() == []


def test_a_guest_who_accepts_has_the_role(lab, lead):
    from qlabs.base.people import actions as people

    at = datetime(2017, 2, 1, 12, tzinfo=LONDON)
    invited = people.invite_guest(
        lab=lab, email="g@example.org", name="Gwen", role="contributor", by=lead, at=at
    )
    people.accept_invitation(invitation=invited, at=at)
    assert Membership.objects.filter(lab=lab, person=invited.person, role="contributor").exists()


def test_the_last_lead_cannot_be_removed(web, lab):
    membership = lab.memberships.get()
    answer = web.post(f"/labs/asthma/team/{membership.pk}/remove/")
    assert answer.status_code == 409
    assert "Make somebody else the lead first." in answer.content.decode()


def test_a_role_is_taken_away(web, lab):
    membership = MembershipFactory(lab=lab, person=PersonFactory(name="Ann Reed"))
    answer = web.post(f"/labs/asthma/team/{membership.pk}/remove/", follow=True)
    assert "Ann Reed no longer has this role." in answer.content.decode()
    assert list(lab.memberships.values_list("role", flat=True)) == ["lead"]


def test_a_role_in_another_lab_cannot_be_taken_away(web):
    other = MembershipFactory()
    assert web.post(f"/labs/asthma/team/{other.pk}/remove/").status_code == 404
    assert Membership.objects.filter(pk=other.pk).exists()


def test_a_researcher_sees_the_team_but_cannot_change_it(client_as, lab):
    client = client_as(MembershipFactory(lab=lab, role=Role.RESEARCHER).person)
    page = client.get("/labs/asthma/team/").content.decode()
    assert "Tracy Webb" in page
    assert "Invite somebody" not in page
    assert client.post("/labs/asthma/team/", {"email": "a@example.org"}).status_code == 403


def test_funding_shows_how_long_the_money_lasts(web, lab):
    posted = {"funder": "The Health Foundation", "pounds": "250,000"}
    posted |= days("starts_on", date(2016, 12, 1)) | days("ends_on", date(2017, 11, 30))
    page = web.post("/labs/asthma/funding/", posted, follow=True).content.decode()
    assert "Money until Thursday 30 November 2017:" in " ".join(page.split())
    assert "43 weeks left" in page
    assert "£250,000" in page


def test_a_line_of_funding_is_removed(web, lab):
    row = FundingFactory(lab=lab)
    web.post(f"/labs/asthma/funding/{row.pk}/remove/")
    assert not Funding.objects.exists()


def test_a_funder_reads_the_funding_of_her_lab(client_as, lab):
    FundingFactory(lab=lab, funder="NHS Improvement")
    page = client_as(MembershipFactory(lab=lab, role=Role.FUNDER).person).get("/labs/asthma/funding/")
    assert "NHS Improvement" in page.content.decode()
    assert "Record funding" not in page.content.decode()


def test_stage_dates_are_london_times(web, lab):
    posted = moment("opens_at", date(2017, 3, 1), "9am") | moment("closes_at", date(2017, 3, 27), "5pm")
    assert web.post("/labs/asthma/stages/choose/", posted)["Location"] == "/labs/asthma/stages/"
    dates = lab.stage_dates.get()
    assert dates.closes_at == datetime(2017, 3, 27, 17, tzinfo=LONDON)
    assert "Monday 27 March 2017, 5pm" in web.get("/labs/asthma/stages/").content.decode()


def test_a_stage_that_closes_before_it_opens_stands_beside_its_field(web, lab):
    posted = moment("opens_at", date(2017, 3, 1), "9am") | moment("closes_at", date(2017, 2, 1), "9am")
    page = web.post("/labs/asthma/stages/choose/", posted).content.decode()
    assert '<a href="#id_closes_at-day">Enter an end that is after the start</a>' in page


def test_an_unknown_stage_is_not_found(web):
    assert web.get("/labs/asthma/stages/party/").status_code == 404
    assert web.get("/labs/asthma/gates/party/").status_code == 404


def test_a_gate_asks_why_and_then_lets_the_lab_go_on(web, lab):
    page = web.post("/labs/asthma/gates/choose/", {"reason": ""}).content.decode()
    assert "Say why you are moving on although something is not met" in page
    web.post("/labs/asthma/gates/choose/", {"reason": "The money is promised."})
    passage = GatePassage.objects.get()
    assert (passage.stage, passage.reason) == ("choose", "The money is promised.")
    assert "with a reason" in web.get("/labs/asthma/stages/").content.decode()


def test_a_gate_without_criteria_is_passed_at_once(web, lab):
    web.post("/labs/asthma/gates/share/")
    assert GatePassage.objects.get().unmet == []


def test_archiving_asks_first(web, lab):
    assert "Tick the box if you are sure" in web.post("/labs/asthma/archive/").content.decode()
    web.post("/labs/asthma/archive/", {"sure": "on"})
    lab.refresh_from_db()
    assert lab.archived_at is not None
    web.post("/labs/asthma/archive/", {"sure": "on"})
    lab.refresh_from_db()
    assert lab.archived_at is None


def test_the_log_tells_before_and_after_and_narrows_to_one_kind(web, lab, lead):
    events.record(lab, by=lead, what="lab.updated", before={"title": "Old"}, after={"title": "Asthma"})
    events.record(lab, by=None, what="lab.stage_opened", stage="choose")
    page = web.get("/labs/asthma/log/").content.decode()
    assert "Title: Old → Asthma" in page
    assert "Stage: Choose a theme" in page
    narrowed = web.get("/labs/asthma/log/?kind=lab.updated").content.decode()
    assert "Title: Old → Asthma" in narrowed
    assert "Stage: Choose a theme" not in narrowed


def test_the_log_holds_only_this_lab(web, lab, lead):
    events.record(LabFactory(), by=lead, what="lab.updated", before={"title": "Secret"}, after={"title": "B"})
    assert "Secret" not in web.get("/labs/asthma/log/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_costs_the_same_however_long(web, lab, count, django_assert_num_queries):
    for _row in range(count):
        person = PersonFactory()
        events.record(lab, by=person, what="lab.team_changed", person=person.pk, added="coach")
    with django_assert_num_queries(10):
        web.get("/labs/asthma/log/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_team_costs_the_same_however_large(web, lab, count, django_assert_num_queries):
    MembershipFactory.create_batch(count, lab=lab)
    with django_assert_num_queries(8):
        web.get("/labs/asthma/team/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_funding_costs_the_same_however_long(web, lab, count, django_assert_num_queries):
    FundingFactory.create_batch(count, lab=lab)
    with django_assert_num_queries(6):
        web.get("/labs/asthma/funding/")


def test_the_log_is_paged(web, lab, lead):
    for number in range(26):
        events.record(
            lab, by=lead, what="lab.updated", at=datetime(2017, 1, 1, tzinfo=LONDON) + timedelta(number)
        )
    page = web.get("/labs/asthma/log/?page=2").content.decode()
    assert page.count('class="labs-task"') == 1
