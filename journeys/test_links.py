"""No page leads its reader astray: what is linked on it opens for her, and what is posted from it finds its place."""

from functools import cache
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.cache import cache as counted_tries
from django.urls import resolve, reverse

from journeys.role_matrix import expected
from journeys.world import ROLES, read, undone
from qlabs.choose.ballots import links

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("links")]
OPENS, NOT_FOUND = {200, 301, 302, 304}, {404, 405}
PAGES = {place[:2]: row for place, row in expected().items() if place[2] == "GET"}


class Links(HTMLParser):
    """What a page links to, and where its forms go."""

    def __init__(self, here):
        super().__init__()
        self.here, self.links, self.forms = here, set(), set()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "a" and not attrs.get("href", "#").startswith("#"):
            self._keep(self.links, attrs["href"])
        if tag == "form" and attrs.get("method", "").lower() == "post":
            self._keep(self.forms, attrs.get("action", ""))

    def _keep(self, kind, address):
        parts = urlsplit(urljoin(self.here, address or self.here))
        if parts.scheme in ("", "http", "https") and parts.netloc in ("", "localhost:8000", "testserver"):
            kind.add(parts.path + (f"?{parts.query}" if parts.query else ""))


def links_on(path, answer):
    content = read(answer)
    if answer.status_code not in (200, 410) or not answer.headers["Content-Type"].startswith("text/html"):
        return set(), set()
    page = Links(path)
    page.feed(content.decode())
    return page.links, page.forms


class Reader:
    """Somebody who opens each page once."""

    def __init__(self, world, role):
        self.world, self.role, self.get = world, role, cache(self._get)

    def _get(self, path):
        counted_tries.clear()  # it counts tries
        answer = self.world.client(self.role).get(path)
        return answer.status_code, *links_on(path, answer)

    @cache  # noqa: B019 - the reader lives for one test
    def post(self, path):
        counted_tries.clear()
        with undone():
            answer = self.world.client(self.role).post(path)
        read(answer)
        return answer.status_code

    def pages(self):
        """The address of every page that the table lets her open."""
        places = self.world.addresses()
        listed = [
            reverse(key[0], kwargs=places[key]) for key, row in PAGES.items() if row[self.role] == "200"
        ]
        return [*listed, *self._of_private_votes()]

    def _of_private_votes(self):
        """A vote of a private lab in each state, and what opens it for a voter who has no other part in the lab."""
        for state, ballot in self.world.closed.rows["ballot"].items():
            pages = ("ballot", "done", *(("receipts", "took_part") if state == "declared" else ()))
            yield from (reverse(f"ballots:{name}", args=["closed-lab", ballot.pk]) for name in pages)
            for entry in ballot.roll.all()[:1]:
                yield reverse("ballots:by_link", args=[links.token(entry, ballot)])


@pytest.mark.parametrize("role", ROLES)
def test_every_link_on_every_page_opens_for_its_reader(world, role):
    reader = Reader(world, role)
    astray = {}
    for page in reader.pages():
        _status, linked, forms = reader.get(page)
        wrong = {link: reader.get(link)[0] for link in linked if reader.get(link)[0] not in OPENS}
        wrong |= {f"POST {form}": reader.post(form) for form in forms if reader.post(form) in NOT_FOUND}
        if wrong:
            astray[page] = wrong
    assert astray == {}


# From the lab's own page -----------------------------------------------------

NOT_LINKED = {
    "ballots:agree": "only where somebody else asked to close early",
    "ballots:correct": "nobody is taken off a list as short as may be",
    "ballots:done": "only for whoever voted",
    "story:picture": "stands on a page, and is none",
}


def reached(reader, start):
    """Every page that links lead to from a page, going on only within the lab, whatever is searched for on it."""
    found, waiting = {start}, [start]
    while waiting:
        linked = {link.partition("?")[0] for link in reader.get(waiting.pop())[1]}
        fresh = {link for link in linked if link.startswith(start)} - found
        found |= fresh
        waiting += sorted(fresh)
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_lab_is_found_by_links_from_the_labs_own_page(world, role):
    reader = Reader(world, role)
    found = reached(reader, "/labs/open-lab/")
    drafts = {f"{page.removesuffix('edit/')}" for page in found if page.endswith("/edit/")}
    listed = {page for page in reader.pages() if page.startswith("/labs/open-lab/")}
    hidden = {resolve(page).view_name for page in listed - found - drafts}
    assert hidden - set(NOT_LINKED) == set()
