"""Themes in a real browser, found by role and label; axe on every page and state."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from journeys.accessibility import expect_accessible
from qlabs.base.lab.models import Role, StageDates
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import OrganisationFactory, PersonFactory
from qlabs.choose.themes.models import Theme

from .factories import WINTER, CommentFactory, EvidenceFactory, SupportFactory, ThemeFactory

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]
PLACE = "/labs/asthma/themes/"


@pytest.fixture
def lab():
    return LabFactory(slug="asthma", title="Asthma", public=True, open="choose")


@pytest.fixture
def member():
    return PersonFactory(member=True, organisation=OrganisationFactory(name="Fife Carers"))


@pytest.fixture
def lead(lab):
    return MembershipFactory(lab=lab, role=Role.LEAD, person__member=True).person


def heading(page, words):
    return page.get_by_role("heading", name=words, exact=True)


def test_a_member_proposes_a_theme_after_one_wrong_try(page_as, lab, member):
    page = page_as(member, PLACE)
    expect(heading(page, "No themes yet")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("button", name="Propose a theme").first.click()
    expect_accessible(page)
    page.get_by_role("button", name="Propose this theme").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a title")
    assert page.title().startswith("Error: ")
    expect_accessible(page)
    page.get_by_role("link", name="Enter a title").click()
    page.keyboard.type("Waiting well")
    page.get_by_label("Summary").fill("People wait for surgery.")
    page.get_by_role("group", name="Is it shared by many").get_by_label("Yes").check()
    expect_accessible(page)
    page.get_by_role("button", name="Propose this theme").click()
    expect(page.get_by_role("alert")).to_contain_text("Your theme is proposed")
    expect(heading(page, "Waiting well")).to_be_visible()
    expect_accessible(page)


def test_when_the_stage_closes_while_somebody_types_the_words_are_kept(page_as, lab, member):
    page = page_as(member, f"{PLACE}propose/")
    page.get_by_label("Title").fill("Waiting well")
    page.get_by_label("Summary").fill("People wait for surgery.")
    StageDates.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    page.get_by_role("button", name="Propose this theme").click()
    expect(heading(page, "Important: This was too late to be proposed")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("Waiting well")
    expect_accessible(page)
    page.get_by_role("link", name="Open your draft").click()
    expect(page.get_by_label("Summary")).to_have_value("People wait for surgery.")
    expect(page.get_by_role("button", name="Propose this theme")).to_have_count(0)
    expect_accessible(page)


def test_a_double_click_proposes_once(page_as, lab, member):
    page = page_as(member, f"{PLACE}propose/")
    page.get_by_label("Title").fill("Waiting well")
    page.get_by_label("Summary").fill("People wait for surgery.")
    page.get_by_role("button", name="Propose this theme").dblclick()
    expect(heading(page, "Waiting well")).to_be_visible()
    assert Theme.objects.count() == 1


def test_members_support_comment_and_answer(page_as, lab, member):
    theme = ThemeFactory(lab=lab, title="Waiting well", shortlisted=True, why_now="A new law.")
    EvidenceFactory(theme=theme)
    SupportFactory(theme=theme)
    CommentFactory(theme=theme, by__name="Ann Bell")
    page = page_as(member, f"{PLACE}{theme.pk}/")
    expect_accessible(page)
    page.get_by_role("button", name="This matters to Fife Carers too").click()
    expect(
        page.get_by_text("2 people say this matters to them. 1 organisation: Fife Carers.")
    ).to_be_visible()
    page.get_by_role("button", name="Add your comment").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a comment")
    expect_accessible(page)
    page.get_by_label("Your comment").fill("We see it too.")
    page.get_by_role("button", name="Add your comment").click()
    expect(page.get_by_text("We see it too.")).to_be_visible()
    page.get_by_role("link", name="Answer Ann Bell").click()
    page.get_by_label("Your comment").fill("How long?")
    expect_accessible(page)
    page.get_by_role("button", name="Add your answer").click()
    expect(page.get_by_role("listitem").filter(has_text="How long?").last).to_be_visible()


def test_the_lead_shortlists_hides_and_withdraws(page_as, lab, lead):
    theme = ThemeFactory(lab=lab, title="Waiting well")
    CommentFactory(theme=theme, by__name="Ann Bell", text="A rude word.")
    page = page_as(lead, f"{PLACE}{theme.pk}/")
    page.get_by_role("button", name="Put on the shortlist").click()
    expect(page.get_by_role("alert")).to_contain_text("on the shortlist")
    page.get_by_role("link", name="Hide the comment of Ann Bell").click()
    expect_accessible(page)
    page.get_by_role("button", name="Hide this comment").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a reason")
    page.get_by_label("Reason").fill("It is rude.")
    page.get_by_role("button", name="Hide this comment").click()
    expect(page.get_by_text("Hidden by the lab team. The reason: It is rude.")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("button", name="Withdraw").click()
    expect_accessible(page)
    page.get_by_label("Reason").fill("Scotland leads on it.")
    page.get_by_role("button", name="Withdraw this theme").click()
    expect(page.get_by_text("This theme was withdrawn. The reason: Scotland leads on it.")).to_be_visible()
    expect_accessible(page)


def test_a_draft_can_be_deleted(page_as, lab, member):
    ThemeFactory(lab=lab, draft=True, proposer=member, title="Sleep")
    page = page_as(member, PLACE)
    page.get_by_role("link", name="Sleep").click()
    page.get_by_role("link", name="Delete this draft").click()
    expect_accessible(page)
    page.get_by_role("button", name="Delete the draft").click()
    expect(page.get_by_role("alert")).to_contain_text("Your draft is deleted")


def test_a_stranger_reads_searches_and_is_refused(page_as, lab):
    theme = ThemeFactory(lab=lab, title="Waiting well", on_ballot=True)
    ThemeFactory(lab=lab, title="Sleep", withdrawn=True)
    CommentFactory(theme=theme, hidden_at=WINTER, hidden_by=PersonFactory(), hidden_reason="Rude")
    page = page_as(None, PLACE)
    expect_accessible(page)
    page.get_by_label("Show").select_option("Withdrawn (1)")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Sleep")).to_be_visible()
    page.get_by_label("Search themes").fill("nothing like it")
    page.get_by_role("button", name="Search").click()
    expect(heading(page, "No theme matches")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("button", name="Show all themes").click()
    page.get_by_role("link", name="Waiting well").click()
    expect(page.get_by_text("Members of the community can read and write comments.")).to_be_visible()
    expect_accessible(page)
    page = page_as(None, f"{PLACE}propose/")
    assert "login" in page.url


def test_a_theme_is_proposed_with_scripts_off(browser, live_server, client_as, lab, member, settings):
    context = browser.new_context(java_script_enabled=False)
    cookie = client_as(member).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}{PLACE}propose/")
    page.get_by_label("Title").fill("Waiting well")
    page.get_by_label("Summary").fill("People wait for surgery.")
    page.get_by_text("What is already known").click()
    page.get_by_label("Web address 1").fill("www.example.org/report")
    page.get_by_role("button", name="Propose this theme").click()
    expect(page.get_by_role("link", name="https://www.example.org/report")).to_be_visible()
    context.close()
