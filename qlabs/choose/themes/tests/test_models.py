import pytest
from django.db import IntegrityError, transaction

from qlabs.base.people.tests.factories import PersonFactory

from .factories import WINTER, CommentFactory, EvidenceFactory, SupportFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def refused(factory, **facts):
    try:
        with transaction.atomic():
            factory(**facts)
    except IntegrityError as error:
        return str(error)
    return "stored"


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("themes_known_state", {"state": "chosen"}),
        ("themes_proposed_is_whole", {"title": ""}),
        ("themes_proposed_is_whole", {"summary": ""}),
        ("themes_proposed_is_whole", {"submitted_at": None}),
        ("themes_withdrawn_needs_reason", {"withdrawn": True, "reason": ""}),
        ("themes_withdrawn_needs_reason", {"reason": "But it runs."}),
        ("themes_summary_is_short", {"summary": "x" * 1001}),
    ],
)
def test_the_database_refuses_a_broken_theme(constraint, facts):
    assert constraint in refused(ThemeFactory, **facts)


def test_a_draft_may_be_empty():
    assert refused(ThemeFactory, draft=True, title="", summary="") == "stored"


def test_one_form_is_one_theme_of_one_person():
    theme = ThemeFactory()
    assert refused(ThemeFactory, lab=theme.lab, token=theme.token) == "stored"
    assert refused(ThemeFactory, lab=theme.lab, token=theme.token, proposer=theme.proposer) != "stored"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org", "example.org"]
)
def test_evidence_links_lead_to_the_web(url):
    assert "themes_evidence_is_on_the_web" in refused(EvidenceFactory, url=url)


def test_support_is_given_once():
    given = SupportFactory()
    assert refused(SupportFactory, theme=given.theme, person=given.person) != "stored"


@pytest.mark.parametrize("facts", [{"hidden_at": WINTER}, {"hidden_reason": "Rude"}])
def test_hiding_a_comment_needs_moment_moderator_and_reason(facts):
    assert "themes_hidden_needs_reason" in refused(CommentFactory, **facts)
    whole = {"hidden_at": WINTER, "hidden_reason": "Rude", "hidden_by": PersonFactory()}
    assert refused(CommentFactory, **whole) == "stored"
