from datetime import timedelta

import pytest

from qlabs.base.core.errors import Conflict
from qlabs.base.core.models import Event
from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people.tests.factories import OrganisationFactory, PersonFactory
from qlabs.choose.themes import actions
from qlabs.choose.themes.models import Comment, State, Support, Theme

from .factories import WINTER, CommentFactory, SupportFactory, ThemeFactory

pytestmark = pytest.mark.django_db
LATER = WINTER + timedelta(days=3)
WORDS = {
    "title": "Waiting well",
    "summary": "People wait.",
    "evidence": [("Review", "https://example.org/r")],
}


def told():
    """What the log says: (what, kind, id, moment, facts)."""
    return list(Event.objects.order_by("position").values_list("what", "on_kind", "on_id", "at", "facts"))


def test_a_draft_becomes_a_theme_under_the_same_token():
    lab, by = LabFactory(), PersonFactory()
    draft = actions.save_draft(lab=lab, by=by, at=WINTER, token="one-form", title="Waiting")
    theme = actions.propose(lab=lab, by=by, at=LATER, token="one-form", note="An invented name.", **WORDS)
    facts = (theme.pk, theme.state, theme.title, theme.submitted_at, theme.changed_at, theme.note)
    assert facts == (draft.pk, State.PROPOSED, "Waiting well", LATER, LATER, "An invented name.")
    assert list(theme.evidence.values_list("title", "url")) == WORDS["evidence"]
    kind = ("themes.theme", str(theme.pk))
    assert told() == [("themes.draft_saved", *kind, WINTER, {}), ("themes.proposed", *kind, LATER, {})]


def test_a_draft_saved_after_proposing_changes_nothing():
    lab, by = LabFactory(), PersonFactory()
    actions.propose(lab=lab, by=by, at=WINTER, token="one-form", **WORDS)
    actions.save_draft(lab=lab, by=by, at=LATER, token="one-form", title="Other")
    assert list(Theme.objects.values_list("title", "state")) == [("Waiting well", "proposed")]


def test_a_word_that_is_no_part_of_a_theme_is_a_mistake_of_ours():
    with pytest.raises(TypeError, match="colour"):
        actions.save_draft(lab=LabFactory(), by=PersonFactory(), at=WINTER, token="t", colour="red")


MOVES = {
    "shortlist": ({State.PROPOSED}, State.SHORTLISTED, "themes.shortlisted", {}),
    "unshortlist": ({State.SHORTLISTED}, State.PROPOSED, "themes.unshortlisted", {}),
    "mark_on_ballot": ({State.SHORTLISTED}, State.ON_BALLOT, "themes.put_on_ballot", {}),
    "withdraw": ({State.PROPOSED, State.SHORTLISTED}, State.WITHDRAWN, "themes.withdrawn", {"reason": "No"}),
}
KINDS = {
    State.DRAFT: "draft",
    State.PROPOSED: None,
    State.SHORTLISTED: "shortlisted",
    State.ON_BALLOT: "on_ballot",
    State.WITHDRAWN: "withdrawn",
}


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("act", MOVES)
def test_states_move_only_as_drawn(act, before):
    starts, after, what, facts = MOVES[act]
    theme = ThemeFactory(**({KINDS[before]: True} if KINDS[before] else {}))
    move = getattr(actions, act)
    if before in starts:
        assert move(theme=theme, by=theme.proposer, at=LATER, **facts).state == after
        assert told() == [(what, "themes.theme", str(theme.pk), LATER, {"title": theme.title})]
    else:
        with pytest.raises(Conflict):
            move(theme=theme, by=theme.proposer, at=LATER, **facts)
        assert (Theme.objects.get().state, told()) == (before, [])


def test_words_on_a_ballot_stand_still():
    theme = ThemeFactory(on_ballot=True)
    with pytest.raises(Conflict):
        actions.edit(theme=theme, by=theme.proposer, at=LATER, title="Changed")
    assert Theme.objects.get().title == theme.title


def test_discarding_a_draft_removes_it_and_is_logged():
    draft = ThemeFactory(draft=True)
    actions.discard_draft(theme=draft, by=draft.proposer, at=LATER)
    assert (Theme.objects.count(), told()[0][:2]) == (0, ("themes.draft_discarded", "themes.theme"))


def test_a_proposed_theme_cannot_be_discarded():
    theme = ThemeFactory()
    with pytest.raises(Conflict):
        actions.discard_draft(theme=theme, by=theme.proposer, at=LATER)


def test_a_comment_is_logged_once_without_its_words():
    theme, by = ThemeFactory(), PersonFactory()
    for _ in range(2):
        said = actions.comment(theme=theme, by=by, at=LATER, text="In Fife too.", token="c")
    assert told() == [("themes.commented", "themes.comment", str(said.pk), LATER, {})]


def test_a_hidden_comment_keeps_the_first_reason():
    said, by = CommentFactory(), PersonFactory()
    for reason in ("Names a patient", "Rude"):
        actions.hide_comment(comment=said, by=by, at=LATER, reason=reason)
    stored = Comment.objects.values_list("hidden_at", "hidden_by", "hidden_reason").get()
    assert (stored, len(told())) == ((LATER, by.pk, "Names a patient"), 1)


def test_support_may_grow_to_the_organisation():
    theme, by, ours = ThemeFactory(), PersonFactory(), OrganisationFactory()
    for organisation in (None, None, ours):
        actions.support(theme=theme, by=by, at=LATER, organisation=organisation)
    assert list(Support.objects.values_list("person", "organisation")) == [(by.pk, ours.pk)]
    assert [event[0] for event in told()] == ["themes.supported", "themes.supported"]


def test_taking_support_back_twice_is_logged_once():
    given = SupportFactory()
    for _ in range(2):
        actions.unsupport(theme=given.theme, by=given.person, at=LATER)
    assert ([event[0] for event in told()], Support.objects.count()) == (["themes.unsupported"], 0)
