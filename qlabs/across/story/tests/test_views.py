from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from qlabs.across.story.models import Entry, Picture
from qlabs.base.core import events
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui.words import LONDON

from .factories import SPRING, EntryFactory, PictureFactory

pytestmark = pytest.mark.django_db
TYPED = {
    "token": "a-form-that-was-opened",
    "title": "The idea",
    "happened_on-day": "1",
    "happened_on-month": "5",
    "happened_on-year": "2015",
    "period": "Spring 2015",
    "text": "It began **small**.",
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def lab():
    return LabFactory(slug="asthma", title="Asthma", public=True)


@pytest.fixture
def team(lab):
    return MembershipFactory(lab=lab, person__member=True).person


def address(name, *args):
    return reverse(f"story:{name}", args=["asthma", *args])


def sent(picture=None, **changes):
    typed = TYPED | changes
    return typed | {"picture": SimpleUploadedFile("p.png", picture)} if picture else typed


def a_png(colour="teal"):
    content = BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, "PNG")
    return content.getvalue()


def told(lab, what="lab.stage_opened", at=SPRING, **facts):
    facts = facts or {"stage": "choose"}
    return events.record(lab, by=None, what=what, on=lab, at=at, **facts)


def titles(page):
    return [
        part.split("</h3>")[0].split(">", 1)[1] for part in page.split('<h3 class="labs-story__title"')[1:]
    ]


def test_the_story_tells_both_kinds_newest_first_with_a_switch(client, lab):
    EntryFactory(lab=lab, title="We met")
    told(lab)
    found = [titles(client.get(address("index") + query).text) for query in ("", "?order=oldest")]
    assert found == [["“Choose a theme” began", "We met"], ["We met", "“Choose a theme” began"]]


def test_the_story_of_a_private_lab_is_not_there(client, client_as):
    lab = LabFactory(slug="asthma")
    entry, event = EntryFactory(lab=lab), told(lab)
    picture = PictureFactory(entry=entry)
    places = [address("index"), address("feed"), address("embed"), address("entry", entry.pk)]
    places += [address("event", event.position), address("picture", picture.pk)]
    member = PersonFactory(member=True)
    assert [client.get(place).status_code for place in places] == [404] * 6
    assert [client_as(member).get(place).status_code for place in places] == [404] * 6
    inside = client_as(MembershipFactory(lab=lab).person)
    assert [inside.get(place).status_code for place in places[:5]] == [200] * 5


def test_a_team_member_writes_an_entry(client_as, team, lab, clock):
    answer = client_as(team).post(address("write"), sent())
    entry = Entry.objects.get()
    stored = (entry.title, entry.text, entry.happened_on, entry.period, entry.is_published)
    assert stored == ("The idea", "It began **small**.", date(2015, 5, 1), "Spring 2015", True)
    assert answer.headers["Location"] == address("entry", entry.pk)
    page = client_as(team).get(address("entry", entry.pk)).text
    assert ("Spring 2015" in page, "<strong>small</strong>" in page) == (True, True)


def test_the_same_form_sent_twice_is_one_entry(client_as, team, lab):
    for _ in range(2):
        client_as(team).post(address("write"), sent(picture=a_png(), alt="A square"))
    assert (Entry.objects.count(), Picture.objects.count()) == (1, 1)


def test_a_form_with_faults_says_what_to_do_and_stores_nothing(client_as, team, lab):
    page = (
        client_as(team)
        .post(address("write"), sent(title="", picture=a_png(), **{"happened_on-day": "31"}))
        .text
    )
    assert [words in page for words in ("Enter a title", "Say in words what the picture shows")] == [
        True,
        True,
    ]
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    "content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"\xff\xd8\xff\xe0"]
)
def test_what_is_no_picture_is_a_form_error(client_as, team, lab, content):
    answer = client_as(team).post(address("write"), sent(picture=content, alt="x"))
    assert (answer.status_code, "could not be read" in answer.text, Entry.objects.count()) == (200, True, 0)


def test_a_draft_is_for_the_team_only(client_as, client, team, lab):
    client_as(team).post(address("write"), sent(draft="on"))
    place = address("entry", Entry.objects.get().pk)
    assert ["The idea" in client_as(team).get(p).text for p in (place, address("index"))] == [True, True]
    client.logout()
    assert client.get(place).status_code == 302
    assert "The idea" not in client.get(address("index")).text
    assert client_as(PersonFactory(member=True)).get(place).status_code == 403


def test_an_entry_is_edited_and_keeps_its_pictures(client_as, team, lab):
    entry = EntryFactory(lab=lab)
    PictureFactory(entry=entry)
    client_as(team).post(address("edit", entry.pk), sent(title="Better"))
    assert (Entry.objects.get().title, Picture.objects.count()) == ("Better", 1)


def test_a_picture_is_served_with_its_own_type_and_gone_with_its_entry(
    client_as, client, team, lab, media, django_capture_on_commit_callbacks
):
    client_as(team).post(address("write"), sent(picture=a_png(), alt="A square"))
    row = Picture.objects.get()
    client.logout()
    answer = client.get(address("picture", row.pk))
    assert Image.open(BytesIO(b"".join(answer.streaming_content))).format == "JPEG"
    heads = [
        answer.headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Content-Disposition")
    ]
    assert heads == ["image/jpeg", "nosniff", f'inline; filename="{row.file.removeprefix("story/")}"']
    with django_capture_on_commit_callbacks(execute=True):
        client_as(team).post(address("delete", row.entry.pk))
    assert (default_storage.exists(row.file), Entry.objects.count()) == (False, 0)


def test_one_picture_is_removed(client_as, team, lab, django_capture_on_commit_callbacks):
    client_as(team).post(address("write"), sent(picture=a_png(), alt="A square"))
    row = Picture.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client_as(team).post(address("remove-picture", row.pk))
    assert (default_storage.exists(row.file), Picture.objects.count(), Entry.objects.count()) == (False, 0, 1)


def test_a_picture_whose_file_is_lost_is_not_found(client, lab):
    assert client.get(address("picture", PictureFactory(entry__lab=lab).pk)).status_code == 404


def test_a_permalink_shows_what_came_before_and_after(client, lab):
    first, last = (
        EntryFactory(lab=lab, title="Before"),
        EntryFactory(lab=lab, title="After", happened_on=date(2018, 1, 1)),
    )
    event = told(lab)
    page = client.get(address("event", event.position)).text
    links = [page.index(f'href="{address("entry", row.pk)}"') for row in (first, last)]
    assert links == sorted(links)
    assert "“Choose a theme” began" in page


def test_themes_shortlisted_on_a_day_share_one_permalink(client, lab):
    both = [told(lab, "themes.shortlisted", SPRING + timedelta(hours=n), title=f"Theme {n}") for n in (1, 2)]
    pages = [client.get(address("event", event.position)).text for event in both]
    assert ["2 themes were shortlisted" in page for page in pages] == [True, True]


def test_an_event_that_is_not_public_has_no_permalink(client, lab):
    event, other = told(lab, "lab.team_changed", role="lead"), told(LabFactory(public=True))
    places = [address("event", event.position), address("event", other.position), address("event", 10**30)]
    assert [client.get(place).status_code for place in places] == [404, 404, 404]


def test_only_the_embed_may_be_framed_and_its_links_leave_the_frame(client, lab):
    told(lab)
    embed, index = client.get(address("embed")), client.get(address("index"))
    policies = [answer.headers["Content-Security-Policy"] for answer in (embed, index)]
    ancestors = [
        [part for part in policy.split("; ") if part.startswith("frame-ancestors")] for policy in policies
    ]
    assert ancestors == [["frame-ancestors *"], ["frame-ancestors 'none'"]]
    assert ["X-Frame-Options" in answer.headers for answer in (embed, index)] == [False, True]
    assert embed.text.count("<a ") == embed.text.count('target="_top"') == 2


def test_the_snippet_shows_the_embed(client, lab):
    page = client.get(address("index")).text
    src = "http://testserver" + address("embed")
    assert f"&lt;iframe src=&#34;{src}&#34; title=&#34;The story of Asthma&#34;" in page


def test_long_stories_have_25_a_page_and_one_to_print(client, lab):
    EntryFactory.create_batch(26, lab=lab)
    counts = [
        len(titles(client.get(address("index") + q).text)) for q in ("", "?page=2", "?show=all", "?page=%00")
    ]
    assert counts == [25, 1, 26, 25]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("index", 5), ("feed", 6), ("embed", 5)])
def test_the_story_costs_the_same_however_long(client, lab, count, name, queries, django_assert_num_queries):
    for entry in EntryFactory.create_batch(count, lab=lab):
        PictureFactory.create_batch(count, entry=entry)
    for number in range(count):
        told(lab, at=SPRING + timedelta(days=number))
        told(lab, "themes.shortlisted", at=SPRING, title="A theme")
    with django_assert_num_queries(queries):  # the feed tells where the log stands, too
        assert client.get(address(name)).status_code == 200


def test_moments_are_shown_in_london(client, lab):
    told(lab, at=datetime(2017, 6, 30, 23, 30, tzinfo=LONDON))
    assert "Friday 30 June 2017" in client.get(address("index")).text
