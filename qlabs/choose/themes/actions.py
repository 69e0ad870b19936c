"""Every write on themes: one transaction and one event each. All take the moment, `at`."""

from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events
from qlabs.base.core.errors import Conflict

from .models import Comment, Evidence, State, Support, Theme

TEXTS = ("title", "summary", "why_now", "who_is_affected", "suitability")


@transaction.atomic
def save_draft(*, lab, by, at, token, **content):
    """Keep what somebody has typed; only they see it. A form sent again is the same draft."""
    theme = _of_form(lab=lab, by=by, at=at, token=token)
    if theme.state != State.DRAFT:
        return theme
    _fill(theme, at=at, **content)
    events.record(lab, by=by, what="themes.draft_saved", on=theme, at=at)
    return theme


@transaction.atomic
def propose(*, lab, by, at, token, note="", **content):
    """Put a theme before the community. A form sent again is the same theme; sent with other words, an edit."""
    theme = _of_form(lab=lab, by=by, at=at, token=token)
    if theme.state != State.DRAFT:
        return edit(theme=theme, by=by, at=at, **content) if _differs(theme, content) else theme
    theme.state, theme.submitted_at, theme.note = State.PROPOSED, at, note
    _fill(theme, at=at, **content)
    events.record(lab, by=by, what="themes.proposed", on=theme, at=at)
    return theme


@transaction.atomic
def edit(*, theme, by, at, **content):
    """Change the words of a theme that is not yet on a ballot."""
    theme = _locked(theme, State.DRAFT, State.PROPOSED, State.SHORTLISTED)
    _fill(theme, at=at, **content)
    events.record(theme.lab, by=by, what="themes.edited", on=theme, at=at)
    return theme


@transaction.atomic
def discard_draft(*, theme, by, at):
    theme = _locked(theme, State.DRAFT)
    events.record(theme.lab, by=by, what="themes.draft_discarded", on=theme, at=at)
    theme.delete()


@transaction.atomic
def shortlist(*, theme, by, at):
    return _move(theme, by=by, at=at, to=State.SHORTLISTED, of=[State.PROPOSED], what="themes.shortlisted")


@transaction.atomic
def unshortlist(*, theme, by, at):
    return _move(theme, by=by, at=at, to=State.PROPOSED, of=[State.SHORTLISTED], what="themes.unshortlisted")


@transaction.atomic
def mark_on_ballot(*, theme, by, at):
    """A ballot that offers this theme has opened; from now on its words stand still."""
    return _move(theme, by=by, at=at, to=State.ON_BALLOT, of=[State.SHORTLISTED], what="themes.put_on_ballot")


@transaction.atomic
def withdraw(*, theme, by, at, reason):
    """Take a theme out of the running; the reason is shown with it."""
    return _move(
        theme, by=by, at=at, to=State.WITHDRAWN, of=[State.PROPOSED, State.SHORTLISTED],
        what="themes.withdrawn", reason=reason,
    )  # fmt: skip


@transaction.atomic
def comment(*, theme, by, at, text, token, thread=None):
    """Say something on a theme, or answer a comment on it. A form sent again is the same comment."""
    said, is_new = Comment.objects.get_or_create(
        theme=theme, by=by, token=token, defaults={"thread": thread, "text": text, "at": at}
    )
    if is_new:
        events.record(theme.lab, by=by, what="themes.commented", on=said, at=at)
    return said


@transaction.atomic
def hide_comment(*, comment, by, at, reason):
    """Hide a comment; its place and the reason stay."""
    hidden = Comment.objects.filter(pk=comment.pk, hidden_at=None).update(
        hidden_at=at, hidden_by=by, hidden_reason=reason
    )
    if hidden:
        events.record(comment.lab, by=by, what="themes.comment_hidden", on=comment, at=at)


@transaction.atomic
def support(*, theme, by, at, organisation=None):
    """Say that a theme matters to a person, and to their organisation if it is given."""
    row, is_new = Support.objects.get_or_create(
        theme=theme, person=by, defaults={"organisation": organisation, "at": at}
    )
    if row.organisation_id != getattr(organisation, "pk", None):
        row.organisation = organisation
        row.save(update_fields=["organisation"])
        is_new = True
    if is_new:
        events.record(theme.lab, by=by, what="themes.supported", on=theme, at=at)
    return row


@transaction.atomic
def unsupport(*, theme, by, at):
    removed, _kinds = Support.objects.filter(theme=theme, person=by).delete()
    if removed:
        events.record(theme.lab, by=by, what="themes.unsupported", on=theme, at=at)


def _of_form(*, lab, by, at, token):
    """The theme that this form made, or a new draft, locked."""
    Theme.objects.get_or_create(lab=lab, proposer=by, token=token, defaults={"changed_at": at})
    return Theme.objects.select_for_update().get(lab=lab, proposer=by, token=token)


def _differs(theme, content):
    stored = {name: getattr(theme, name) for name in TEXTS}
    if "evidence" in content:
        stored["evidence"] = list(theme.evidence.values_list("title", "url"))
    return any(stored[name] != words for name, words in content.items())


def _fill(theme, *, at, evidence=None, **texts):
    for name in TEXTS:
        setattr(theme, name, texts.pop(name, getattr(theme, name)))
    if texts:
        raise TypeError(f"A theme has no {', '.join(texts)}.")
    theme.changed_at = at
    theme.save()
    if evidence is not None:
        theme.evidence.all().delete()
        Evidence.objects.bulk_create(Evidence(theme=theme, title=title, url=url) for title, url in evidence)


def _locked(theme, *states):
    row = Theme.objects.select_for_update().get(pk=theme.pk)
    if row.state not in states:
        raise Conflict(
            _("This theme is now “%(state)s”, so that is no longer possible.")
            % {"state": row.get_state_display()}
        )
    return row


def _move(theme, *, by, at, to, of, what, reason=""):
    theme = _locked(theme, *of)
    theme.state, theme.reason, theme.changed_at = to, reason, at
    theme.save(update_fields=["state", "reason", "changed_at"])
    events.record(theme.lab, by=by, what=what, on=theme, at=at, title=theme.title)
    return theme
