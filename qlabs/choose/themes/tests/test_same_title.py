"""A title that the lab has already: said while it is typed and after it is sent, and taken all the same."""

import pytest
from playwright.sync_api import expect

from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people.tests.factories import PersonFactory

from .factories import ThemeFactory

PLACE = "/labs/asthma/themes/propose/"
SAID = "This lab has a theme with this title already."


@pytest.fixture
def lab():
    lab = LabFactory(slug="asthma", title="Asthma", public=True, open="choose")
    ThemeFactory(lab=lab, title="Waiting well")
    ThemeFactory(lab=lab, title="Nobody has seen this", draft=True)
    return lab


@pytest.fixture
def member():
    return PersonFactory(member=True)


def send(web, title, **more):
    typed = {"token": "a-form-that-was-opened", "title": title, "summary": "People wait.", **more}
    return web.post(PLACE, typed).content.decode()


def titles(lab):
    return list(lab.themes.order_by("pk").values_list("title", flat=True))[2:]


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["Waiting well", " waiting  WELL! ", "“Waiting – well”"])
def test_the_same_title_is_said_once_and_then_taken(client_as, lab, member, clock, title):
    web = client_as(member)
    page = send(web, title)
    assert (SAID[:-1] in page, "<title>Error: " in page, titles(lab)) == (True, True, [])
    send(web, title, repeated=title.strip())
    send(web, title)  # the browser's "send again" of what was taken
    assert titles(lab) == [" ".join(title.split(" ")).strip()]


@pytest.mark.django_db
def test_another_title_is_taken_at_once_and_a_draft_tells_nobody(client_as, lab, member, clock):
    send(client_as(member), "Nobody has seen this")
    assert titles(lab) == ["Nobody has seen this"]


@pytest.mark.page
@pytest.mark.django_db(transaction=True)
def test_the_same_title_is_said_while_it_is_typed(page_as, lab, member):
    page = page_as(member, PLACE)
    page.get_by_label("Title", exact=True).fill("waiting WELL")
    expect(page.get_by_role("status").filter(has_text=SAID)).to_be_visible()
    page.get_by_label("Title", exact=True).fill("Waiting better")
    expect(page.get_by_text(SAID)).to_have_count(0)
