"""Attack strings in every text that one person writes and another sees."""

from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from factory import LazyFunction

from journeys.world import SEEDS, STATES, Place, a_picture, card_order
from journeys.world_urls import NOW
from qlabs.across.story.tests.factories import EntryFactory, PictureFactory
from qlabs.base.core.models import Event
from qlabs.base.lab import actions as labs
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import FundingFactory, LabFactory, MembershipFactory
from qlabs.base.people import actions as people
from qlabs.base.people.tests.factories import InvitationFactory, OrganisationFactory, PersonFactory
from qlabs.choose.ballots import actions as ballots
from qlabs.choose.ballots.models import Letter, PlannedReminder, Reason
from qlabs.choose.ballots.tests.factories import BallotFactory, entries, kept_keys
from qlabs.choose.stations import actions as stations
from qlabs.choose.themes.models import EVIDENCE_LINKS, SUITABILITY
from qlabs.choose.themes.tests.factories import CommentFactory, EvidenceFactory, ThemeFactory

STRINGS = Path(__file__).with_name("attack_strings.txt").read_text(encoding="utf-8").splitlines()
WITHOUT_LIMIT = 400
MANY, MARK = 12, 8
KINDS = (models.CharField, models.TextField, models.JSONField)
WRITTEN_BY_US = {
    "password", "email", "nonce", "slug", "token", "code", "public_id", "voter_id", "key", "choice",
    "file", "hash", "previous", "what", "on_kind", "on_id", "facts", "unmet", "role", "lot_sealed", "lot_commitment",
    "box_sealed", "breakdowns", "marginals", "result", "nation", "perspective", "frozen_sha256", "roll_sha256",
    "file_sha256", "held_up_because", "roll_sources", "request_hash", "keys_sha256", "participation_code",
    "old", "new", "places", "columns", "search_text",
}  # fmt: skip
TABLES_OF_OURS = {
    "core.ChainHead",
    "ballots.SigningKey",
    "ballots.SignedKey",
    "ballots.SealedVote",
    "ballots.CountedVote",
}


def fields_that_people_write():
    """The name of every text field that is not ours alone: a new one is missed until it is attacked too."""
    for model in apps.get_models():
        label = model._meta.label
        if model.__module__.startswith("qlabs.") and label not in TABLES_OF_OURS:
            for field in model._meta.get_fields():
                if isinstance(field, KINDS) and not field.choices and field.name not in WRITTEN_BY_US:
                    yield f"{label}.{field.name}"


class Pen:
    """Fills a field with the next strings that fit; each field begins at another place among them.

    `held`: {field: every string it has held}. `planted`: {field: its texts since somebody emptied it}.
    """

    def __init__(self):
        self.waiting, self.held, self.planted, self.texts = {}, {}, {}, count(1)

    def __call__(self, name):
        text = f" #{next(self.texts)}"  # no text is part of another
        room, waiting = space(name), self.waiting.get(name) or self._all(space(name))
        while waiting and len(waiting[0]) + 1 + len(text) <= room:
            self.held.setdefault(name, set()).add(waiting[0])
            text = f" {waiting.pop(0)}{text}"
        self.waiting[name] = waiting
        self.planted.setdefault(name, []).append(text.strip())
        return text.strip()

    def _all(self, room):
        start = 37 * len(self.waiting) % len(STRINGS)
        return [one for one in STRINGS[start:] + STRINGS[:start] if len(one) < room - MARK]


def space(name):
    """The characters that a field takes."""
    model, _dot, field = name.rpartition(".")
    return getattr(apps.get_model(model)._meta.get_field(field), "max_length", None) or WITHOUT_LIMIT


def attacked_lab(pen, reader, slug):
    """A lab that the reader leads, and no more."""
    lab = LabFactory(
        slug=slug, public=True, open="choose", title=pen("lab.Lab.title"), purpose=pen("lab.Lab.purpose"),
        theme=pen("lab.Lab.theme"), base=pen("lab.Lab.base"),
    )  # fmt: skip
    MembershipFactory(lab=lab, person=reader, role=Role.LEAD)
    labs.set_challenge(lab=lab, challenge=pen("lab.Lab.challenge"), by=reader, at=NOW)
    return lab


def attacked_place(pen, reader, slug):
    """A lab with a row of every kind, each full of attack strings."""
    lab = attacked_lab(pen, reader, slug)
    team = [MembershipFactory(lab=lab, person=attacker(pen, member=True)) for _more in range(MANY)]
    FundingFactory.create_batch(MANY, lab=lab, funder=LazyFunction(partial(pen, "lab.Funding.funder")))
    labs.pass_gate(lab=lab, stage="choose", by=reader, at=NOW, reason=pen("lab.GatePassage.reason"))
    ballot = {state: _ballot(pen, lab, reader, state) for state in STATES}
    place = pen("stations.Station.place")
    station = stations.set_up(ballot=ballot["open"], place=place, hours=12, by=reader, at=NOW)
    return Place(lab, {
        **_themes(pen, lab, reader), **_story(pen, lab, reader), "ballot": ballot, "membership": team[0],
        "invitation": InvitationFactory(
            lab=lab, purpose="lab", role=Role.COACH, name=pen("people.Invitation.name"), person=attacker(pen)
        ),
        "funding": lab.funding.first(), "reason": Reason.objects.filter(ballot=ballot["closed"]).first(),
        "event": Event.objects.filter(lab=lab, what="lab.challenge_set").get().position,
        "planned reminder": PlannedReminder.objects.get(ballot=ballot["open"]),
        "station": station, "card order": card_order(station, reader),
    })  # fmt: skip


def attacker(pen, **traits):
    organisation = OrganisationFactory(name=pen("people.Organisation.name"))
    return PersonFactory(organisation=organisation, name=pen("people.Person.name"), **traits)


def profile(pen):
    """What a person tells of herself."""
    return {name: pen(f"people.Person.{name}") for name in ("name", "region", "skills", "offer")}


def attacked_list(pen, reader):
    """An uploaded list, and somebody invited who has not come."""
    InvitationFactory(person=attacker(pen), purpose="community", name=pen("people.Invitation.name"))
    cells = [pen("people.Import.refused") for _more in range(MANY)]
    return people.keep_import(
        source=pen("people.Import.source"), filename=pen("people.Import.filename"),
        headings=["Name", *(pen("people.Import.headings") for _one in cells)],
        rows=[{"name": pen("people.Import.rows"), "email": "new@example.org"}], known=0, by=reader, at=NOW,
        refused=[{"row": 3, "cells": ["", *cells], "reasons": {"0": "is missing"}}],
        ignored=[
            {"row": 4, "column": 1, "cell": pen("people.Import.ignored"), "reason": "is too long"} for _one in cells
        ],
        sheet=[[row, ["", pen("people.Import.sheet")]] for row in range(2, MANY)],
    )  # fmt: skip


def _themes(pen, lab, reader):
    ThemeFactory.create_batch(
        MANY,
        lab=lab,
        proposer=reader,
        title=LazyFunction(partial(pen, "themes.Theme.title")),
        shortlisted=True,
    )
    shown = _whole_theme(pen, lab, reader)
    for _more in range(EVIDENCE_LINKS):
        url = f"https://e.example/{pen('themes.Evidence.url')}"[:500]
        EvidenceFactory(theme=shown, title=pen("themes.Evidence.title"), url=url)
    for _more in range(3):
        hidden = {"hidden_at": NOW, "hidden_by": reader, "hidden_reason": pen("themes.Comment.hidden_reason")}
        CommentFactory(theme=shown, by=reader, text=pen("themes.Comment.text"), **hidden)
    comment = CommentFactory(theme=shown, by=attacker(pen), text=pen("themes.Comment.text"))
    withdrawn = _whole_theme(pen, lab, reader, state="withdrawn", reason=pen("themes.Theme.reason"))
    draft = _whole_theme(pen, lab, reader, state="draft", submitted_at=None)
    return {"theme": shown, "draft theme": draft, "withdrawn theme": withdrawn, "comment": comment}


def _whole_theme(pen, lab, reader, **traits):
    texts = {
        name: pen(f"themes.Theme.{name}")
        for name in ("title", "summary", "why_now", "who_is_affected", "note")
    }
    notes = {name: {"answer": "yes", "note": pen("themes.Theme.suitability")} for name in SUITABILITY}
    return ThemeFactory(lab=lab, proposer=reader, suitability=notes, **texts, **traits)


def _story(pen, lab, reader):
    def entry(**traits):
        title, text = pen("story.Entry.title"), pen("story.Entry.text")
        return EntryFactory(
            lab=lab, author=reader, title=title, text=text, period=pen("story.Entry.period"), **traits
        )

    shown = [entry() for _more in range(MANY)][-1]
    for _more in range(MANY):
        picture = PictureFactory(
            entry=shown, alt=pen("story.Picture.alt"), caption=pen("story.Picture.caption")
        )
        default_storage.save(picture.file, ContentFile(a_picture()))
    return {"entry": shown, "draft entry": entry(draft=True), "picture": picture}


def _ballot(pen, lab, reader, state):
    """A ballot in one state: its words are frozen at the opening, so they are hostile from the start."""
    ballot = BallotFactory(
        lab=lab, breakdowns=[], question=pen("ballots.Ballot.question"), what_next=pen("ballots.Ballot.what_next"),
        reason_prompt=pen("ballots.Ballot.reason_prompt"),
        choices=[pen("ballots.Option.title") for _more in range(MANY)],
    )  # fmt: skip
    for option in ballot.options.all():
        option.summary = pen("ballots.Option.summary")
        option.save()
    for letter in Letter:
        words = {"subject": pen("ballots.Wording.subject"), "opening": pen("ballots.Wording.opening")}
        ballots.word_email(ballot=ballot, letter=letter, by=reader, at=NOW, **words)
    if state == "draft":
        return ballot
    ballot = ballots.open_ballot(ballot=ballot, by=reader, at=NOW, make_keys=kept_keys)
    ballots.correct_roll(
        entry=entries(ballot)[-1], reason=pen("ballots.Correction.reason"), by=reader, at=NOW
    )
    if state == "open":
        ballots.plan_reminder(ballot=ballot, goes_at=NOW + timedelta(days=9), by=reader, at=NOW)
        reason, later = pen("ballots.Extension.reason"), ballot.ends_at + timedelta(days=1)
        ballots.extend(ballot=ballot, ends_at=later, reason=reason, by=reader, at=NOW)
        ballots.ask_correction(
            entry=entries(ballot)[0], reason=pen("ballots.CorrectionAsked.reason"), by=reader, at=NOW
        )
        ballots.ask_early_closing(ballot=ballot, reason=pen("ballots.EarlyClosing.reason"), by=reader, at=NOW)
        return ballot
    if state in ("stopped", "void"):
        because = pen("ballots.Ballot.stopped_because")
        ballot = ballots.stop_ballot(ballot=ballot, because=because, by=reader, at=NOW)
        return ballot if state == "stopped" else ballots.void_ballot(ballot=ballot, by=reader, at=NOW)
    return _closed(pen, ballot, reader, state)


def _closed(pen, ballot, reader, state):
    options = list(ballot.options.all())
    for entry, seed in zip(entries(ballot), SEEDS, strict=False):
        reason = pen("ballots.Reason.text")
        ballots.vote_for(entry=entry, seed=seed, choice=options[0].public_id, reason=reason, at=NOW)
    reason = pen("ballots.Ballot.close_reason")
    asked = ballots.ask_early_closing(ballot=ballot, reason=reason, by=reader, at=NOW)
    ballots.agree_early_closing(asked=asked, by=PersonFactory(), at=NOW)
    ballot = ballots.close_ballot(ballot=ballot, by=reader, at=NOW)
    ballots.scrub(ballot=ballot, at=NOW)
    first, *others = Reason.objects.filter(ballot=ballot)
    ballots.hide_reason(reason=first, because=pen("ballots.Reason.hidden_because"), by=reader, at=NOW)
    if state == "closed":
        return ballot
    for other in others:
        ballots.show_reason(reason=other, by=reader, at=NOW)
    return ballots.declare(ballot=ballot, by=reader, at=NOW)
