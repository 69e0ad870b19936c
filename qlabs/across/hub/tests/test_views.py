from datetime import datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from qlabs.base.core.models import Event
from qlabs.base.lab.models import Role, StageDates
from qlabs.base.lab.tests.factories import FundingFactory, LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui.words import LONDON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def lab():
    kind = {"public": True, "open": "choose", "forty_weeks": True}
    return LabFactory(slug="asthma", title="Asthma", challenge="How might we breathe?", **kind)


def text(answer):
    return " ".join(answer.content.decode().split())


def failed_task():
    facts = {"task_path": "qlabs.base.people.letters.invitations", "backend_name": "default"}
    secret = {"args": ["mair@example.org"], "kwargs": {}}
    return DBTaskResult.objects.create(status="FAILED", args_kwargs=secret, worker_ids=["a"], **facts)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/labs/",
        "/labs/asthma/",
        "/about/accessibility/",
        "/about/privacy/",
        "/about/secret-votes/",
        "/about/glossary/",
        "/healthz",
        "/robots.txt",
        "/.well-known/security.txt",
    ],
)
def test_public_pages_need_no_sign_in_and_set_no_cookie(path, client, lab):
    answer = client.get(path)
    assert (answer.status_code, dict(answer.cookies)) == (200, {})


def test_the_home_shows_public_labs_only(client, lab):
    LabFactory(title="Hidden")
    page = text(client.get("/"))
    assert "How might we breathe?" in page
    assert "week 4 of 40" in page
    assert "Hidden" not in page


def test_an_empty_home_says_what_will_be_here(client):
    assert "No lab is open yet" in text(client.get("/"))


def test_an_operator_is_offered_to_set_up_a_lab(client_as):
    assert "Set up a lab" in text(client_as(PersonFactory(operator=True)).get("/"))
    assert "Set up a lab" not in text(client_as(PersonFactory(member=True)).get("/"))


def test_archived_labs_are_listed_apart(client, lab):
    LabFactory(title="Old lab", public=True, archived=True)
    assert "Old lab" not in text(client.get("/labs/"))
    archived = text(client.get("/labs/?state=archived"))
    assert "Old lab" in archived
    assert "Asthma" not in archived


def test_a_search_without_a_match_offers_all_labs(client, lab):
    page = text(client.get("/labs/?q=falls"))
    assert "No lab matches your search" in page
    assert "Show all current labs" in page


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%ED%A0%80", "page=9" + "9" * 30, "page=-1", "state=%00", "q=" + "a" * 5000]
)
def test_nonsense_in_the_query_is_no_error(client, query):
    assert client.get(f"/labs/?{query}").status_code == 200


def test_a_number_too_large_is_not_found(client_as):
    client = client_as(MembershipFactory(lab=LabFactory(slug="asthma"), role=Role.LEAD).person)
    assert client.post(f"/labs/asthma/team/{10**30}/remove/").status_code == 404


def test_a_private_lab_is_nowhere_for_strangers(client):
    LabFactory(slug="here-1")
    hidden, missing = client.get("/labs/here-1/"), client.get("/labs/here-2/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert text(hidden).replace("here-1", "here-2") == text(missing)


def test_a_guest_sees_her_private_lab(client_as):
    guest = MembershipFactory(lab=LabFactory(slug="hidden"), role=Role.CONTRIBUTOR).person
    assert client_as(guest).get("/labs/hidden/").status_code == 200


def test_the_lab_page_tells_who_is_in_it(client, lab):
    MembershipFactory(lab=lab, person=PersonFactory(name="Tracy Webb"), role=Role.LEAD)
    MembershipFactory(lab=lab, person=PersonFactory(name="Fiona Follower"), role=Role.FOLLOWER)
    FundingFactory(lab=lab, funder="NHS Improvement")
    PersonFactory.create_batch(12, member=True, nation="wales")
    page = text(client.get("/labs/asthma/"))
    assert "Tracy Webb" in page
    assert "Fiona Follower" not in page
    assert "NHS Improvement" in page
    assert "Community of 12" in page


def test_only_the_lead_and_operators_see_what_to_look_after(client_as, lab):
    lead = MembershipFactory(lab=lab, role=Role.LEAD).person
    coach = MembershipFactory(lab=lab, role=Role.COACH).person
    seen = [
        "Needs attention" in text(client_as(person).get("/labs/asthma/"))
        for person in (lead, PersonFactory(operator=True), coach, PersonFactory(member=True))
    ]
    assert seen == [True, True, False, False]


def test_a_lab_that_has_ended_says_so_and_has_nothing_open(client, clock):
    lab = LabFactory(slug="asthma", public=True, forty_weeks=True)
    StageDates.objects.create(lab=lab, stage="frame", opens_at=datetime(2017, 2, 1, tzinfo=LONDON))
    assert "No stage is open" not in text(client.get("/labs/asthma/"))
    clock.move_to(datetime(2017, 10, 17, tzinfo=LONDON))
    page = text(client.get("/labs/asthma/"))
    assert "Ended on Monday 16 October 2017" in page
    assert "No stage is open" in page


def test_an_archived_lab_is_all_readable(client):
    LabFactory(slug="old", public=True, archived=True, open="choose")
    page = text(client.get("/labs/old/"))
    assert "This lab has finished. You can read all of it." in page
    assert "No stage is open." in page


def test_the_waiting_page_sends_a_stranger_to_sign_in(client):
    assert client.get("/waiting/")["Location"] == "/account/login/?next=/waiting/"


def test_a_member_finds_what_waits_for_her(client_as, lab):
    member = PersonFactory(member=True)
    assert "Asthma" in text(client_as(member).get("/waiting/"))
    assert "Nothing is waiting for you" in text(client_as(PersonFactory()).get("/waiting/"))


def test_my_page_lists_my_labs_and_what_i_may_open(client_as, lab):
    lead = MembershipFactory(lab=lab, role=Role.LEAD, person=PersonFactory(member=True)).person
    page = text(client_as(lead).get("/waiting/"))
    assert "Your labs" in page
    assert "Lab lead" in page
    assert "Set up a lab" in page
    operators = text(client_as(PersonFactory(operator=True)).get("/waiting/"))
    for words in ('href="/operator/tasks/"', "Import members"):
        assert (words in page, words in operators) == (False, True)
    assert "The community" not in text(client_as(PersonFactory(member=True)).get("/waiting/"))


def test_the_lead_of_an_archived_lab_can_bring_it_back(client_as):
    lead = MembershipFactory(lab=LabFactory(slug="old", archived=True), role=Role.LEAD).person
    page = text(client_as(lead).get("/labs/old/"))
    assert "Bring the lab back" in page
    assert "Needs attention" not in page


def test_an_unknown_page_is_not_found(client):
    assert client.get("/about/us/").status_code == 404


def test_health_says_when_tasks_are_stuck(client, clock):
    assert client.get("/healthz").json() == {"database": "ok", "tasks": "ok"}
    facts = {"task_path": "x.y", "args_kwargs": {}, "backend_name": "default"}
    DBTaskResult.objects.create(**facts)
    clock.shift(timedelta(minutes=16))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": "ok", "tasks": "stuck"})


def test_security_txt_names_a_contact_and_an_expiry(client, settings):
    settings.CONTACT_EMAIL, settings.SITE_URL = "lab@example.org", "https://labs.example.org"
    assert client.get("/.well-known/security.txt").content.decode().splitlines() == [
        "Contact: mailto:lab@example.org",
        "Expires: 2017-07-31T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: https://labs.example.org/.well-known/security.txt",
    ]


def test_robots_stay_away_from_personal_links(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /vote/", "Disallow: /join/", "Disallow: /box/"} <= set(lines)


def test_operators_see_failed_tasks_without_what_they_were_called_with(client_as):
    failed_task()
    page = text(client_as(PersonFactory(operator=True)).get("/operator/tasks/"))
    assert "Invitations to the community or a lab" in page
    assert "qlabs.base" not in page
    assert "mair@example.org" not in page


def test_nobody_else_sees_the_tasks(client_as):
    lead = MembershipFactory(role=Role.LEAD).person
    assert client_as(lead).get("/operator/tasks/").status_code == 403
    assert client_as(lead).post(f"/operator/tasks/{failed_task().pk}/retry/").status_code == 403


def test_an_operator_has_a_task_and_those_like_it_tried_again(client_as):
    row, like = failed_task(), failed_task()
    client = client_as(PersonFactory(operator=True))
    assert client.post(f"/operator/tasks/{row.pk}/retry/")["Location"] == "/operator/tasks/"
    assert set(DBTaskResult.objects.filter(status="READY")) == {row, like}
    assert list(Event.objects.values_list("what", "facts")) == [
        ("hub.task_retried", {"task": "qlabs.base.people.letters.invitations", "count": 2})
    ]
    assert client.post(f"/operator/tasks/{row.pk}/retry/").status_code == 409


def test_a_stage_that_ends_at_t_is_closed_a_minute_later_without_a_restart(client_as, clock):
    """CO1: the act is refused with the closing time, and the page says which stage is next."""
    lab, member = LabFactory(slug="asthma", public=True), PersonFactory(member=True)
    closes = datetime(2017, 3, 27, 17, tzinfo=LONDON)
    stage = {"lab": lab, "opens_at": datetime(2017, 1, 9, 9, tzinfo=LONDON)}
    StageDates.objects.create(stage="choose", closes_at=closes, **stage)
    StageDates.objects.create(stage="frame", **stage | {"opens_at": closes + timedelta(days=7)})
    clock.move_to(closes - timedelta(minutes=1))
    client = client_as(member)
    assert client.get("/labs/asthma/themes/propose/").status_code == 200
    clock.move_to(closes + timedelta(minutes=1))
    answer = client.get("/labs/asthma/themes/propose/")
    assert answer.status_code == 403
    assert (
        "“Choose a theme” closed on Monday 27 March 2017, 5pm. "
        "Next comes “Frame the challenge”, from Monday 3 April 2017, 5pm."
    ) in text(answer)
    assert "Finished" in text(client.get("/labs/asthma/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_costs_the_same_however_many_labs(client, count, django_assert_num_queries):
    LabFactory.create_batch(count, public=True, open="choose")
    with django_assert_num_queries(5):
        client.get("/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_labs_cost_the_same_however_many(client, count, django_assert_num_queries):
    LabFactory.create_batch(count, public=True, open="choose")
    with django_assert_num_queries(4):
        client.get("/labs/")


@pytest.mark.parametrize("count", [1, 3])
def test_a_lab_page_costs_the_same_however_many_people(client, lab, count, django_assert_num_queries):
    MembershipFactory.create_batch(count, lab=lab, role=Role.DESIGNER)
    FundingFactory.create_batch(count, lab=lab)
    with django_assert_num_queries(8):
        client.get("/labs/asthma/")


@pytest.mark.parametrize("count", [1, 3])
def test_a_leads_lab_page_costs_the_same_however_much_there_is(
    client_as, lab, count, django_assert_num_queries
):
    lead = MembershipFactory(lab=lab, role=Role.LEAD, person=PersonFactory(member=True)).person
    MembershipFactory.create_batch(count, lab=lab, role=Role.DESIGNER)
    FundingFactory.create_batch(count, lab=lab)
    client = client_as(lead)
    with django_assert_num_queries(17):
        client.get("/labs/asthma/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_tasks_cost_the_same_however_many(client_as, count, django_assert_num_queries):
    client = client_as(PersonFactory(operator=True))
    for _number in range(count):
        failed_task()
    with django_assert_num_queries(5):
        client.get("/operator/tasks/")


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_costs_the_same_in_however_many_labs(client_as, count, django_assert_num_queries):
    LabFactory.create_batch(count, public=True, open="choose")
    client = client_as(PersonFactory(member=True))
    with django_assert_num_queries(6):
        client.get("/waiting/")
