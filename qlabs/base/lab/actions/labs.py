from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from qlabs.base.core import events
from qlabs.base.core.errors import Conflict, TryAgain
from qlabs.base.lab import templates
from qlabs.base.lab.models import Lab, Membership, Role, StageDates

RESERVED = {"new"}
LONGEST = 60
ATTEMPTS = 5


@transaction.atomic
def create_lab(*, template, title, by, at, starts_on=None, lead=None, **details):
    """A lab with its stages laid out from the start day; `by` (or `lead`) becomes its lead.

    A form sent again (the same token) is the same lab.

    template: a key of templates.BY_KEY. details: slug, purpose, theme, challenge, base, ends_on, is_pilot,
    is_public, is_invented, token. Without starts_on the stages have no dates and nothing opens.
    """
    plan = templates.BY_KEY[template]
    if starts_on and not details.get("ends_on"):
        details["ends_on"] = templates.ends_on(plan, starts_on)
    lab, is_new = _made(title=title, starts_on=starts_on, **details)
    if not is_new:
        return lab
    Membership.objects.create(lab=lab, person=lead or by, role=Role.LEAD)
    if starts_on:
        _lay_out(lab, plan)
    events.record(lab, by=by, what="lab.created", on=lab, at=at, template=template, title=title)
    return lab


@transaction.atomic
def update_lab(*, lab, by, at, **changes):
    """Change a lab's particulars; the event holds what they were and what they are."""
    before = {name: getattr(lab, name) for name in changes if getattr(lab, name) != changes[name]}
    if not before:
        return lab
    for name in before:
        setattr(lab, name, changes[name])
    lab.save(update_fields=list(before))
    _record_change(lab, "lab.updated", before=before, by=by, at=at)
    return lab


@transaction.atomic
def set_theme(*, lab, title, by, at):
    """Make a theme the lab's theme."""
    before, lab.theme = lab.theme, title
    lab.save(update_fields=["theme"])
    events.record(lab, by=by, what="lab.theme_chosen", on=lab, at=at, theme=title, before=before)
    return lab


@transaction.atomic
def set_challenge(*, lab, challenge, by, at):
    """Make a question the lab's one challenge."""
    before, lab.challenge = lab.challenge, challenge
    lab.save(update_fields=["challenge"])
    events.record(lab, by=by, what="lab.challenge_set", on=lab, at=at, challenge=challenge, before=before)
    return lab


@transaction.atomic
def archive_lab(*, lab, by, at):
    """Close every tool of a lab for good, keeping all of it to read."""
    if not Lab.objects.filter(pk=lab.pk, archived_at=None).update(archived_at=at):
        raise Conflict(_("This lab is archived already."))
    lab.archived_at = at
    events.record(lab, by=by, what="lab.archived", on=lab, at=at)
    return lab


@transaction.atomic
def restore_lab(*, lab, by, at):
    """Bring an archived lab back as it was."""
    if not Lab.objects.filter(pk=lab.pk).exclude(archived_at=None).update(archived_at=None):
        raise Conflict(_("This lab is not archived."))
    lab.archived_at = None
    events.record(lab, by=by, what="lab.restored", on=lab, at=at)
    return lab


def _made(*, title, slug="", token=None, **details):
    """(lab, whether it is new); when somebody takes the address in the same moment, the next free one."""
    for _attempt in range(ATTEMPTS):
        if token and (lab := Lab.objects.filter(token=token).first()):
            return lab, False
        try:
            with transaction.atomic():
                made = Lab.objects.create(title=title, slug=slug or _free_slug(title), token=token, **details)
                return made, True
        except IntegrityError:
            if slug:
                raise
    raise TryAgain


def _lay_out(lab, plan):
    moments = templates.moments(plan, lab.starts_on)
    StageDates.objects.bulk_create(
        StageDates(lab=lab, stage=stage, opens_at=opens, closes_at=closes)
        for stage, (opens, closes) in moments.items()
    )


def _free_slug(title):
    """The title as an address; a number is added while another lab has it."""
    wanted = slugify(title)[: LONGEST - 5].strip("-") or "lab"
    slug, number = wanted, 2
    while slug in RESERVED or Lab.objects.filter(slug=slug).exists():
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def _record_change(lab, what, *, before, by, at):
    facts = {
        "before": {name: _plain(value) for name, value in before.items()},
        "after": {name: _plain(getattr(lab, name)) for name in before},
    }
    events.record(lab, by=by, what=what, on=lab, at=at, **facts)


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value
