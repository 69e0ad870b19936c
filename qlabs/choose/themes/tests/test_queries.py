from datetime import date, timedelta

import pytest
from django.urls import reverse

from qlabs.base.lab import gates
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import SOME_DAY, LabFactory, MembershipFactory
from qlabs.base.lab.waiting import Waiting
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.themes import queries
from qlabs.choose.themes.models import SUITABILITY, Theme

from .factories import SUITABLE, WINTER, CommentFactory, SupportFactory, ThemeFactory

pytestmark = pytest.mark.django_db
SHORT, SUITED = (
    "At least two themes are shortlisted",
    "At least two shortlisted themes pass the suitability check",
)


def test_numbers_count_each_supporter_and_shown_comment_once():
    theme = ThemeFactory()
    SupportFactory.create_batch(2, theme=theme)
    CommentFactory.create_batch(3, theme=theme)
    CommentFactory(theme=theme, hidden_at=WINTER, hidden_reason="Rude", hidden_by=PersonFactory())
    found = queries.themes_of(theme.lab).get()
    assert (found.supporters, found.said) == (2, 3)


def test_the_theme_that_was_chosen_comes_first():
    lab = LabFactory(theme="Self-care")
    ThemeFactory(lab=lab, title="Self-care", on_ballot=True, submitted_at=WINTER - timedelta(days=9))
    for kind in ("on_ballot", "shortlisted"):
        ThemeFactory(lab=lab, title="Sleep", **{kind: True})
    found = queries.themes_of(lab)
    assert [(theme.title, theme.is_chosen) for theme in found] == [
        ("Self-care", True), ("Sleep", False), ("Sleep", False),
    ]  # fmt: skip


def test_the_shortlist_leaves_out_every_other_state():
    theme = ThemeFactory(shortlisted=True)
    for kind in ("draft", "on_ballot", "withdrawn"):
        ThemeFactory(lab=theme.lab, **{kind: True})
    ThemeFactory(lab=theme.lab)
    ThemeFactory(shortlisted=True)
    assert list(queries.themes_shortlisted(theme.lab)) == [theme]


@pytest.mark.parametrize("answer", ["yes", "no", "", None])
@pytest.mark.parametrize("question", SUITABILITY)
def test_a_theme_is_suitable_when_all_five_answers_are_yes(question, answer):
    """None: the question was never put."""
    given = {**SUITABLE, question: {"answer": answer, "note": ""}}
    if answer is None:
        del given[question]
    ThemeFactory(suitability=given)
    assert Theme.objects.filter(queries.IS_SUITABLE).exists() == (answer == "yes")


@pytest.mark.parametrize(
    ("ready", "unsuitable", "met"), [(0, 0, False), (1, 5, False), (2, 0, True), (3, 1, True)]
)
def test_the_gate_asks_for_two_suitable_themes_and_counts_what_is_shortlisted(ready, unsuitable, met):
    lab = LabFactory()
    ThemeFactory.create_batch(ready, lab=lab, shortlisted=True)
    ThemeFactory.create_batch(unsuitable, lab=lab, shortlisted=True, suitability={})
    ThemeFactory.create_batch(2, shortlisted=True)
    ThemeFactory.create_batch(2, lab=lab, suitability=SUITABLE)
    found = {str(one.name): one.met for one in gates.criteria(lab, "choose")}
    assert (found[SHORT], found[SUITED]) == (ready + unsuitable > 1, met)


def test_the_conversation_holds_answers_under_their_comment():
    first = CommentFactory()
    answer = CommentFactory(theme=first.theme, thread=first)
    other = CommentFactory(theme=first.theme)
    found = [(said, said.replies) for said in queries.conversation(first.theme)]
    assert found == [(first, [answer]), (other, [])]


@pytest.mark.parametrize("pk", ["", "x", "0", "-1", "9" * 30, "²"])
def test_a_wrong_number_answers_no_comment(pk):
    assert queries.thread(CommentFactory().theme, pk) is None


def items(person):
    return queries.waiting(person, WINTER)


def test_a_member_is_asked_to_propose_or_support_until_done():
    lab, person = LabFactory(public=True, open="choose"), PersonFactory(member=True)
    place = reverse("themes:index", args=[lab.slug])
    asked = Waiting("Propose a theme, or say which matter to you", place, 10, lab, SOME_DAY)
    assert items(person) == queries.waiting(person, WINTER, lab) == [asked]
    assert queries.waiting(person, WINTER, LabFactory()) == []
    SupportFactory(theme__lab=lab, person=person)
    assert items(person) == []


@pytest.mark.parametrize(
    "kind",
    [
        {"closed": "frame"},
        {"open": "frame"},
        {"open": "choose", "archived": True},
        {"open": "choose", "ends_on": date(2017, 1, 10)},
    ],
)
def test_nothing_waits_in_a_lab_that_is_not_choosing(kind):
    LabFactory(public=True, **kind)
    assert items(PersonFactory(member=True)) == []


def test_strangers_and_private_labs_wait_for_nothing():
    LabFactory(open="choose")
    LabFactory(public=True, open="choose")
    assert (len(items(PersonFactory(member=True))), items(PersonFactory())) == (1, [])


def test_a_draft_waits_for_its_author_and_proposals_for_the_lead():
    lab = LabFactory(public=True, open="choose")
    lead = MembershipFactory(lab=lab, role=Role.LEAD).person
    draft = ThemeFactory(lab=lab, draft=True)
    ThemeFactory.create_batch(2, lab=lab)
    SupportFactory.create_batch(3, theme=lab.themes.last())
    place = reverse("themes:index", args=[lab.slug])
    assert items(draft.proposer) == [Waiting("Finish the theme you began", place, 10, lab, SOME_DAY)]
    assert items(lead) == [Waiting("Consider 2 proposed themes", f"{place}?state=proposed", 4, lab, SOME_DAY)]


def test_waiting_costs_the_same_however_many_labs(django_assert_num_queries):
    person = PersonFactory(member=True)
    LabFactory.create_batch(3, public=True, open="choose")
    with django_assert_num_queries(1):
        items(person)
