"""The feed against the rules of RFC 4287, by a small validator of our own and by feedparser."""

import re
import warnings
from datetime import datetime, timedelta
from xml.etree import ElementTree as Xml

import pytest
from django.urls import reverse

from qlabs.base.core import events
from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people.tests.factories import PersonFactory

from .factories import SPRING, EntryFactory, PictureFactory

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import feedparser

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d){0,2}:[^\s#]+")
KNOWN = {
    "feed": {"author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle",
             "title", "updated", "entry"},
    "entry": {"author", "category", "content", "contributor", "id", "link", "published", "rights", "source",
              "summary", "title", "updated"},
}  # fmt: skip
ONCE = ("id", "title", "updated")


def faults(text):
    """What RFC 4287 forbids in this feed: a list of words, empty when it is valid."""
    feed = Xml.fromstring(text)
    entries = feed.findall(f"{ATOM}entry")
    found = [] if feed.tag == f"{ATOM}feed" else ["the root is not a feed"]
    for element in (feed, *entries):
        found += list(_faults_of(element))
    if feed.find(f"{ATOM}author/{ATOM}name") is None:
        found.append("4.1.1: nobody is the author")
    if not [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]:
        found.append("4.1.1: no link to itself")
    seen = [(one.findtext(f"{ATOM}id"), one.findtext(f"{ATOM}updated")) for one in entries]
    ids = {feed.findtext(f"{ATOM}id"), *(id_ for id_, _ in seen)}
    if len(ids) != len(entries) + 1:
        found.append("4.2.6: an id is used twice")
    return found


def _faults_of(element):
    kind = element.tag.removeprefix(ATOM)
    names = [child.tag.removeprefix(ATOM) for child in element]
    yield from (f"{kind} may not hold {name}" for name in names if name not in KNOWN[kind])
    yield from (f"{kind} has {names.count(name)} {name}" for name in ONCE if names.count(name) != 1)
    if not TAG.fullmatch(element.findtext(f"{ATOM}id") or ""):
        yield f"{kind}: 4.2.6 the id is no tag address"
    for name in ("updated", "published"):
        for date in element.findall(f"{ATOM}{name}"):
            if not RFC3339.fullmatch(date.text or "") or not datetime.fromisoformat(date.text).tzinfo:
                yield f"{kind}: 3.3 {name} is no date"
    yield from _faults_of_links(element, kind)
    for text in [*element.findall(f"{ATOM}title"), *element.findall(f"{ATOM}content")]:
        if text.get("type", "text") not in ("text", "html") or len(text):
            yield f"{kind}: 3.1 {text.tag} is neither text nor html"


def _faults_of_links(element, kind):
    links = element.findall(f"{ATOM}link")
    alternates = [
        (link.get("type"), link.get("hreflang"))
        for link in links
        if link.get("rel", "alternate") == "alternate"
    ]
    if len(set(alternates)) != len(alternates):
        yield f"{kind}: 4.1 two alternates of one type"
    if kind == "entry" and not alternates and element.find(f"{ATOM}content") is None:
        yield "entry: 4.1.2 neither content nor alternate"
    if not all((link.get("href") or "").startswith("http") for link in links):
        yield f"{kind}: 4.2.7 a link leads nowhere"


@pytest.fixture
def lab():
    return LabFactory(slug="asthma", title="Asthma & <friends>\x0b", public=True)


def feed(client, **headers):
    return client.get(reverse("story:feed", args=["asthma"]), headers=headers)


def fill(lab):
    entry = EntryFactory(
        lab=lab, title="Pens & <paper>\x01", text="[Read](/x) *it* & <b>more</b>", period="<Spring>"
    )
    PictureFactory(entry=entry, alt='A "map"')
    for day in range(3):
        events.record(
            lab,
            by=PersonFactory(),
            what="lab.challenge_set",
            on=lab,
            at=SPRING + timedelta(days=day),
            challenge="<&>",
        )
    return entry


def test_the_feed_is_valid(client, lab):
    fill(lab)
    answer = feed(client)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert faults(answer.content) == []


def test_an_empty_feed_is_valid(client, lab):
    assert faults(feed(client).content) == []


def test_the_feed_says_where_the_labs_log_stands(client, lab):
    assert Xml.fromstring(feed(client).content).find(f"{ATOM}subtitle") is None
    fill(lab)
    head = events.head(lab)
    subtitle = Xml.fromstring(feed(client).content).findtext(f"{ATOM}subtitle")
    assert subtitle.startswith(f"Entry 3 of this lab’s log has the hash {head.hash}.")


def test_feedparser_reads_it_without_complaint(client, lab):
    entry = fill(lab)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = feedparser.parse(feed(client).content)
    assert (read.bozo, read.version, len(read.entries)) == (False, "atom10", 4)
    assert read.feed.title == "The story of Asthma & <friends>\N{REPLACEMENT CHARACTER}"
    oldest = read.entries[-1]
    assert (oldest.title, oldest.link) == (
        "Pens & <paper>\N{REPLACEMENT CHARACTER}",
        f"http://testserver/labs/asthma/story/{entry.pk}/",
    )
    content = oldest.content[0].value
    assert "&lt;Spring&gt;" in content
    assert 'href="http://testserver/x"' in content
    assert f'src="http://testserver/labs/asthma/story/pictures/{entry.pictures.get().pk}/"' in content


def test_ids_stay_when_the_page_moves_and_words_change(client, lab, settings):
    entry = fill(lab)

    def ids():
        return [id_.text for id_ in Xml.fromstring(feed(client).content).iter(f"{ATOM}id")]

    before = ids()
    entry.title = "Changed"
    entry.save()
    assert ids() == before
    settings.SITE_URL = "https://labs.example.org"
    year = lab.created_at.year
    assert ids()[0] == f"tag:labs.example.org,{year}:asthma/story/feed"


def test_the_feed_is_as_new_as_its_newest_change(client, lab):
    entry = fill(lab)
    entry.changed_at = SPRING + timedelta(days=99)
    entry.save()
    stamp = Xml.fromstring(feed(client).content).findtext(f"{ATOM}updated")
    assert datetime.fromisoformat(stamp) == entry.changed_at


def test_a_reader_that_has_it_gets_a_304(client, lab):
    fill(lab)
    first = feed(client)
    assert feed(client, if_none_match=first.headers["ETag"]).status_code == 304


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("<id>tag:", "<id>tug:"), "feed: 4.2.6 the id is no tag address"),
        (("<author><name>", "<author><nome>"), None),
        (('rel="self"', 'rel="via"'), "4.1.1: no link to itself"),
        (("<updated>2017", "<updated>17"), "feed: 3.3 updated is no date"),
    ],
)
def test_the_validator_finds_faults(client, lab, change, fault):
    fill(lab)
    text = feed(client).text.replace(*change)
    if fault is None:
        text = text.replace("</name></author>", "</nome></author>")
        fault = "4.1.1: nobody is the author"
    assert fault in faults(text.encode())
