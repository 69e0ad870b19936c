from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from qlabs.base.core.models import Event
from qlabs.base.lab.models import Membership, Role, StageDates
from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people.tests.factories import OrganisationFactory, PersonFactory
from qlabs.base.ui.words import LONDON
from qlabs.choose.themes.models import Comment, State, Support, Theme

from .factories import CommentFactory, EvidenceFactory, SupportFactory, ThemeFactory

pytestmark = pytest.mark.django_db
CLOSES = datetime(2017, 2, 1, 17, tzinfo=LONDON)
TYPED = {"token": "a-form-that-was-opened", "title": "Waiting well", "summary": "People wait for surgery."}


@pytest.fixture
def lab():
    lab = LabFactory(slug="asthma", public=True)
    StageDates.objects.create(lab=lab, stage="choose", opens_at=CLOSES - timedelta(days=30), closes_at=CLOSES)
    return lab


@pytest.fixture
def member():
    return PersonFactory(member=True, name="Mair Evans")


@pytest.fixture
def lead(lab):
    person = PersonFactory(member=True)
    Membership.objects.create(lab=lab, person=person, role=Role.LEAD)
    return person


def stored(lab):
    return list(lab.themes.order_by("pk").values_list("title", "summary", "state"))


def address(name, lab, *args):
    return reverse(f"themes:{name}", args=[lab.slug, *args])


def test_a_member_proposes_a_theme(client_as, member, lab, clock):
    answer = client_as(member).post(address("propose", lab), TYPED)
    assert stored(lab) == [("Waiting well", "People wait for surgery.", "proposed")]
    assert answer.headers["Location"] == address("theme", lab, Theme.objects.get().pk)


def test_the_same_form_sent_twice_makes_one_theme(client_as, member, lab, clock):
    client = client_as(member)
    places = {client.post(address("propose", lab), TYPED).headers["Location"] for _ in range(2)}
    assert (len(places), len(stored(lab)), Event.objects.count()) == (1, 1, 1)


def test_a_form_sent_again_with_other_words_changes_the_theme(client_as, member, lab, clock):
    client = client_as(member)
    client.post(address("propose", lab), TYPED)
    client.post(address("propose", lab), TYPED | {"title": "Waiting better"})
    assert stored(lab) == [("Waiting better", "People wait for surgery.", "proposed")]


@pytest.mark.parametrize(
    ("seconds", "status", "state"), [(-1, 302, "proposed"), (0, 409, "draft"), (1, 409, "draft")]
)
def test_one_second_late_is_refused_and_the_draft_kept(client_as, member, lab, clock, seconds, status, state):
    client = client_as(member)
    clock.move_to(CLOSES + timedelta(seconds=seconds))
    answer = client.post(address("propose", lab), TYPED)
    assert (answer.status_code, stored(lab)) == (
        status,
        [("Waiting well", "People wait for surgery.", state)],
    )


def test_the_page_of_a_late_proposal_says_when_it_closed_and_shows_what_was_typed(
    client_as, member, lab, clock
):
    clock.move_to(CLOSES)
    page = client_as(member).post(address("propose", lab), TYPED).text
    assert "“Choose a theme” closed on Wednesday 1 February 2017, 5pm." in page
    assert 'value="Waiting well"' in page
    assert address("edit", lab, Theme.objects.get().pk) in page


def test_a_late_form_with_faults_is_kept_too(client_as, member, lab, clock):
    clock.move_to(CLOSES)
    typed = TYPED | {"title": "x" * 200, "summary": "", "link-1": "javascript:alert(1)"}
    answer = client_as(member).post(address("propose", lab), typed)
    assert (answer.status_code, stored(lab)) == (409, [("x" * 150, "", "draft")])


def test_a_late_draft_can_be_proposed_when_the_stage_opens_again(client_as, member, lab, clock):
    client = client_as(member)
    clock.move_to(CLOSES)
    client.post(address("propose", lab), TYPED)
    StageDates.objects.update(closes_at=CLOSES + timedelta(days=1))
    client.post(address("edit", lab, Theme.objects.get().pk), TYPED)
    assert stored(lab) == [("Waiting well", "People wait for surgery.", "proposed")]


def test_a_draft_may_lack_everything(client_as, member, lab, clock):
    answer = client_as(member).post(address("propose", lab), {"token": TYPED["token"], "draft": "on"})
    assert stored(lab) == [("", "", "draft")]
    assert answer.headers["Location"] == address("edit", lab, Theme.objects.get().pk)


def test_an_empty_proposal_says_what_to_do_and_stores_nothing(client_as, member, lab, clock):
    page = client_as(member).post(address("propose", lab), {"token": TYPED["token"]})
    assert ([str(e) for e in page.text.split('"') if e in ("#id_title", "#id_summary")], stored(lab)) == (
        ["#id_title", "#id_summary"],
        [],
    )


def test_a_draft_is_nobody_elses(client_as, lab, lead, clock):
    draft = ThemeFactory(lab=lab, draft=True, title="Not yet")
    assert client_as(lead).get(address("theme", lab, draft.pk)).status_code == 403
    assert client_as(lead).get(address("edit", lab, draft.pk)).status_code == 403
    assert "Not yet" not in client_as(lead).get(address("index", lab)).text
    assert "Not yet" in client_as(draft.proposer).get(address("index", lab)).text


def test_a_proposer_too_late_to_change_a_theme_sees_what_they_typed(client_as, lab, member, clock):
    theme = ThemeFactory(lab=lab, proposer=member, title="As it was")
    clock.move_to(CLOSES)
    answer = client_as(member).post(address("edit", lab, theme.pk), TYPED)
    assert (answer.status_code, 'value="Waiting well"' in answer.text) == (409, True)
    assert Theme.objects.get().title == "As it was"


def test_the_lead_may_mend_words_after_closing(client_as, lab, lead, clock):
    theme = ThemeFactory(lab=lab)
    clock.move_to(CLOSES)
    client_as(lead).post(address("edit", lab, theme.pk), TYPED)
    assert Theme.objects.get().title == "Waiting well"


def test_editing_shows_and_keeps_every_part(client_as, lab, lead, clock):
    theme = ThemeFactory(lab=lab, shortlisted=True, why_now="A new law.", who_is_affected="All of us.")
    EvidenceFactory(theme=theme, title="A review", url="https://example.org/review")
    before = Theme.objects.values().get(), list(theme.evidence.values_list("title", "url"))
    client = client_as(lead)
    form = client.get(address("edit", lab, theme.pk)).text
    assert all(
        words in form for words in ("A new law.", "All of us.", "A review", "https://example.org/review")
    )
    client.post(
        address("edit", lab, theme.pk),
        {
            "title": theme.title,
            "summary": theme.summary,
            "why_now": "A new law.",
            "who_is_affected": "All of us.",
        }
        | dict.fromkeys(theme.suitability, "yes")
        | {"link-1": "https://example.org/review", "link-1-title": "A review"},
    )
    after = Theme.objects.values().get(), list(theme.evidence.values_list("title", "url"))
    assert before[0] | {"changed_at": None} == after[0] | {"changed_at": None}
    assert before[1] == after[1]


def test_the_lead_shortlists_and_takes_off_again(client_as, lab, lead, clock):
    theme = ThemeFactory(lab=lab)
    client_as(lead).post(address("shortlist", lab, theme.pk))
    assert Theme.objects.get().state == State.SHORTLISTED
    client_as(lead).post(address("shortlist", lab, theme.pk), {"to": "proposed"})
    assert Theme.objects.get().state == State.PROPOSED


def test_withdrawing_needs_a_reason_which_everybody_reads(client_as, client, lab, lead, clock):
    theme = ThemeFactory(lab=lab)
    assert "Enter a reason" in client_as(lead).post(address("withdraw", lab, theme.pk), {"reason": " "}).text
    client_as(lead).post(address("withdraw", lab, theme.pk), {"reason": "Scotland leads on it."})
    client.logout()
    assert "Scotland leads on it." in client.get(address("theme", lab, theme.pk)).text


def test_a_theme_on_the_ballot_cannot_be_withdrawn_any_more(client_as, lab, lead, clock):
    theme = ThemeFactory(lab=lab, on_ballot=True)
    assert client_as(lead).post(address("withdraw", lab, theme.pk), {"reason": "No"}).status_code == 403
    assert client_as(lead).post(address("shortlist", lab, theme.pk)).status_code == 409


def test_members_comment_and_answer(client_as, lab, member, clock):
    theme, client = ThemeFactory(lab=lab), client_as(member)
    client.post(address("comment", lab, theme.pk), {"text": "In Fife too.", "token": "c" * 20})
    first = Comment.objects.get()
    client.post(address("comment", lab, theme.pk), {"text": "How?", "answer": first.pk, "token": "d" * 20})
    assert list(Comment.objects.values_list("text", "thread")) == [("In Fife too.", None), ("How?", first.pk)]


def test_a_comment_sent_twice_is_said_once(client_as, lab, member, clock):
    theme, client = ThemeFactory(lab=lab), client_as(member)
    for _ in range(2):
        client.post(address("comment", lab, theme.pk), {"text": "In Fife too.", "token": "c" * 20})
    assert Comment.objects.count() == 1


def test_an_empty_comment_says_what_to_do(client_as, lab, member, clock):
    theme = ThemeFactory(lab=lab)
    assert "Enter a comment" in client_as(member).post(address("comment", lab, theme.pk), {"text": ""}).text


def test_strangers_read_neither_comments_nor_names(client_as, client, lab, member, clock):
    said = CommentFactory(
        theme__lab=lab, theme__proposer=member, text="My mother waited.", by__name="Ann Bell"
    )
    place = address("theme", lab, said.theme.pk)
    seen = client_as(member).get(place).text
    client.logout()
    hidden = client.get(place).text
    told = ("My mother waited.", "Ann Bell", "Mair Evans")
    assert ([t in seen for t in told], [t in hidden for t in told]) == ([True] * 3, [False] * 3)


def test_a_hidden_comment_leaves_the_reason(client_as, lab, lead, clock):
    said = CommentFactory(theme__lab=lab, text="A rude word.")
    place = address("hide-comment", lab, said.pk)
    assert "Enter a reason" in client_as(lead).post(place, {"reason": ""}).text
    client_as(lead).post(place, {"reason": "It names a patient."})
    page = client_as(lead).get(address("theme", lab, said.theme.pk)).text
    assert ("A rude word." in page, "It names a patient." in page) == (False, True)


def test_support_counts_a_person_once_and_can_be_taken_back(client_as, lab, clock):
    person = PersonFactory(member=True, organisation=OrganisationFactory(name="Fife Carers"))
    theme, client = ThemeFactory(lab=lab), client_as(person)
    for whose in ("mine", "mine", "organisation"):
        client.post(address("support", lab, theme.pk), {"whose": whose})
    assert list(Support.objects.values_list("person", "organisation__name")) == [(person.pk, "Fife Carers")]
    assert "Fife Carers" in client.get(address("theme", lab, theme.pk)).text
    client.post(address("support", lab, theme.pk), {"whose": "nobody"})
    assert not Support.objects.exists()


def test_the_list_is_searched_and_filtered(client, lab, clock):
    ThemeFactory(lab=lab, title="Waiting well")
    ThemeFactory(lab=lab, title="Loneliness", shortlisted=True)
    ThemeFactory(lab=lab, title="Old plan", withdrawn=True)
    shown = {}
    for query in ("", "?q=well", "?state=shortlisted", "?state=withdrawn", "?state=draft", "?q=%00&page=x"):
        page = client.get(address("index", lab) + query).text
        shown[query] = [t for t in ("Waiting well", "Loneliness", "Old plan") if t in page]
    assert shown == {
        "": ["Waiting well", "Loneliness"],
        "?q=well": ["Waiting well"],
        "?state=shortlisted": ["Loneliness"],
        "?state=withdrawn": ["Old plan"],
        "?state=draft": ["Waiting well", "Loneliness"],
        "?q=%00&page=x": [],
    }


def test_long_lists_have_25_a_page(client, lab, clock):
    ThemeFactory.create_batch(26, lab=lab)
    pages = [client.get(f"{address('index', lab)}?page={n}").text.count('class="labs-card"') for n in (1, 2)]
    assert pages == [25, 1]


@pytest.mark.parametrize("count", [1, 3])
def test_the_theme_list_costs_the_same_however_long(
    client_as, lab, member, clock, count, django_assert_num_queries
):
    for theme in ThemeFactory.create_batch(count, lab=lab):
        SupportFactory.create_batch(count, theme=theme)
        CommentFactory.create_batch(count, theme=theme)
    client = client_as(member)
    client.get(address("index", lab))
    with django_assert_num_queries(8):
        client.get(address("index", lab))


@pytest.mark.parametrize("count", [1, 3])
def test_a_theme_page_costs_the_same_however_much_is_said(
    client_as, lab, member, clock, count, django_assert_num_queries
):
    theme = ThemeFactory(lab=lab, shortlisted=True)
    EvidenceFactory.create_batch(count, theme=theme)
    SupportFactory.create_batch(count, theme=theme, organisation=OrganisationFactory())
    for said in CommentFactory.create_batch(count, theme=theme):
        CommentFactory.create_batch(count, theme=theme, thread=said)
    client = client_as(member)
    with django_assert_num_queries(8):
        client.get(address("theme", lab, theme.pk))
