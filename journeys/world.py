"""One small installation with a row of every kind, and everybody who could knock at a page's door."""

import io
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, get_resolver
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData
from PIL import Image

from qlabs.across.story.tests.factories import EntryFactory, PictureFactory
from qlabs.base.core.models import Event
from qlabs.base.lab import actions as labs
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import FundingFactory, LabFactory, MembershipFactory
from qlabs.base.people import links as invitations
from qlabs.base.people.actions import keep_import
from qlabs.base.people.tests.factories import InvitationFactory, OrganisationFactory, PersonFactory
from qlabs.base.ui.words import LONDON
from qlabs.choose.ballots import actions as ballots
from qlabs.choose.ballots import letters, links
from qlabs.choose.ballots.models import Reason, RollEntry
from qlabs.choose.ballots.tests.factories import BallotFactory, entries, kept_keys
from qlabs.choose.themes.tests.factories import CommentFactory, EvidenceFactory, ThemeFactory

NOW = datetime(2017, 2, 1, 12, tzinfo=LONDON)
IN_THE_LAB = (
    "lead", "researcher", "designer", "coach", "site-lead", "contributor", "funder", "evaluator", "follower",
)  # fmt: skip
ROLES = ("stranger", "member", *IN_THE_LAB, "other-lead", "operator")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SEEDS = tuple(bytes([number] * 16) for number in range(1, 4))


@dataclass
class Place:
    """A lab with a row of every kind."""

    lab: object
    rows: dict


class World:
    """Three labs: a public and a private one with the same team, and another with a lead of its own."""

    _loaded = None

    def __init__(self):
        self.people = _people()
        self.open = self._place("open-lab", public=True)
        self.closed = self._place("closed-lab")
        self.other = self._place("other-lab", public=True, lead=self.people["other-lead"])
        self.shared = _shared(self.people)
        self.sessions = {role: _session(person) for role, person in self.people.items()}

    def _place(self, slug, *, public=False, lead=None):
        lab = LabFactory(slug=slug, public=public, open="choose")
        team = [("lead", lead)] if lead else [(role, self.people[role]) for role in IN_THE_LAB]
        for role, person in team:
            MembershipFactory(lab=lab, person=person, role=role)
        return Place(lab, _rows(lab, by=team[0][1], voters=[self.people["member"]]))

    def client(self, role, **extra):
        """A fresh client, signed in as somebody; all share one loaded stack of middleware."""
        client = Client(raise_request_exception=False, **extra)
        client.handler._middleware_chain = self._stack()
        if role != "stranger":
            client.cookies["sessionid"] = self.sessions[role]
        return client

    def _stack(self):
        if self._loaded is None:
            handler = ClientHandler()
            handler.load_middleware()
            self._loaded = handler._middleware_chain
        return self._loaded

    def addresses(self):
        """{(url name, case): kwargs} of every url there is; several cases where the answer differs."""
        found = {}
        for name, converters in patterns():
            for case, kwargs in self._cases(name, set(converters)):
                found[name, case] = kwargs
        return found

    def _cases(self, name, wanted):
        if "slug" not in wanted or name == "hub:page":
            yield from self.shared.get(name, [("", {})] if not wanted else [])
            return
        states = _of_lab(name, wanted, self.open)
        yield from ((state, {"slug": "open-lab", **kwargs}) for state, kwargs in states)
        private = dict(_of_lab(name, wanted, self.closed))
        state = "open" if "open" in private else next(iter(private))
        yield f"private {state}".strip(), {"slug": "closed-lab", **private[state]}

    def swapped(self, name, converters):
        """kwargs of the rows of one lab, asked for under the address of another."""
        return [
            {"slug": "open-lab", **kwargs} for _state, kwargs in _of_lab(name, set(converters), self.other)
        ]


@contextmanager
def undone():
    """Whatever is written inside is taken back."""
    block = transaction.atomic()
    block._from_testcase = True  # as Django's own TestCase says it: this is not the product's transaction
    with block:
        yield
        transaction.set_rollback(True)


def read(answer):
    """The whole answer, so that a file which is sent is closed again."""
    return answer.getvalue()


def patterns():
    """(name, converters) of every url pattern, in the order of the addresses."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(rows, space):
    for row in rows:
        if isinstance(row, URLPattern):
            yield space + row.name, row.pattern.converters
        else:
            yield from _walk(row.url_patterns, f"{row.namespace}:" if row.namespace else space)


def _people():
    people = {
        role: PersonFactory(name=role.title(), email=f"{role}@example.org")
        for role in (*IN_THE_LAB, "other-lead")
    }
    people["member"] = PersonFactory(
        name="Member",
        email="member@example.org",
        member=True,
        nation="wales",
        organisation=OrganisationFactory(),
    )
    people["operator"] = PersonFactory(name="Operator", email="operator@example.org", operator=True)
    return people


def _session(person):
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client.cookies["sessionid"].value


def _rows(lab, *, by, voters):
    theme = ThemeFactory(lab=lab, shortlisted=True, proposer=by)
    EvidenceFactory(theme=theme)
    draft = ThemeFactory(lab=lab, draft=True, proposer=by, title="Still thinking")
    entry = EntryFactory(lab=lab, author=by)
    picture = PictureFactory(entry=entry)
    default_storage.save(picture.file, ContentFile(_picture()))
    ballot = {state: _ballot(lab, state, by) for state in ("draft", "open", "closed", "declared")}
    removable = MembershipFactory(lab=lab, person=PersonFactory(name="Leaver"), role=Role.FOLLOWER)
    return {
        "theme": theme,
        "draft theme": draft,
        "comment": CommentFactory(theme=theme, by=voters[0]),
        "entry": entry,
        "draft entry": EntryFactory(lab=lab, author=by, draft=True),
        "picture": picture,
        "event": _event(lab, by),
        "membership": removable,
        "funding": FundingFactory(lab=lab),
        "ballot": ballot,
        "reason": Reason.objects.create(ballot=ballot["closed"], choice="", text="=1+1 We wait."),
    }


def _event(lab, by):
    """The position of an event that the story tells."""
    labs.set_challenge(lab=lab, challenge="How can we wait well?", by=by, at=NOW)
    return Event.objects.filter(lab=lab, what="lab.challenge_set").get().position


def _ballot(lab, state, by):
    ballot = BallotFactory(lab=lab, breakdowns=[], reason_prompt="Why?")
    if state == "draft":
        return ballot
    ballot = ballots.open_ballot(ballot=ballot, by=by, at=NOW, make_keys=kept_keys)
    if state == "open":
        return ballot
    for option, entry, seed in zip(ballot.options.all(), entries(ballot), SEEDS, strict=False):
        ballots.vote_for(entry=entry, seed=seed, choice=option.public_id, reason="=1+1", at=NOW)
    ballot = ballots.close_ballot(ballot=ballot, by=by, at=NOW, reason="All have voted.")
    ballots.scrub(ballot=ballot, at=NOW)
    return ballots.declare(ballot=ballot, by=by, at=NOW) if state == "declared" else ballot


def _picture():
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(out, "JPEG")
    return out.getvalue()


def _passkey():
    """What a browser told of a passkey, as it is kept."""
    public = ES256.from_cryptography_key(generate_private_key(SECP256R1()).public_key())
    told = AuthenticatorData.create(
        b"r" * 32, 0x45, 0, AttestedCredentialData.create(b"a" * 16, b"key", public)
    )
    client = CollectedClientData.create("webauthn.create", b"challenge", "http://localhost")
    parts = {"clientDataJSON": client, "attestationObject": AttestationObject.create("none", told, {})}
    response = {name: websafe_encode(part) for name, part in parts.items()}
    return {"id": "a2V5", "rawId": "a2V5", "type": "public-key", "response": response}


def _of_lab(name, wanted, place):
    """(state, kwargs beside the slug) of one url of a lab."""
    if "position" in wanted:
        return [("", {"position": place.rows["event"]})]
    if "stage" in wanted:
        return [("", {"stage": "choose"})]
    return _numbered(name, place.rows) if "pk" in wanted else [("", {})]


def _numbered(name, rows):
    app, _colon, act = name.partition(":")
    if name in _SINGLE:
        kind, field = _SINGLE[name]
        return [("", {"pk": getattr(rows[kind], field)})]
    if name == "ballots:correct":
        return [("", {"pk": entries(rows["ballot"]["open"])[0].pk})]
    if app == "ballots":
        states = _BALLOT_STATES.get(act, ("draft", "open", "closed", "declared"))
        return [(state, {"pk": rows["ballot"][state].pk}) for state in states]
    kind = {"themes": "theme", "story": "entry"}[app]
    return [("", {"pk": rows[kind].pk}), ("draft", {"pk": rows[f"draft {kind}"].pk})]


_SINGLE = {
    "lab:remove": ("membership", "pk"),
    "lab:remove_funding": ("funding", "pk"),
    "themes:hide-comment": ("comment", "pk"),
    "themes:comment": ("theme", "pk"),
    "themes:support": ("theme", "pk"),
    "themes:shortlist": ("theme", "pk"),
    "story:picture": ("picture", "pk"),
    "story:remove-picture": ("picture", "pk"),
    "ballots:judge": ("reason", "key"),
}
_BALLOT_STATES = {
    "edit": ("draft", "open"),
    "discard": ("draft", "open"),
    "open": ("draft", "open"),
    "sign": ("open", "closed"),
    "done": ("open",),
    "status": ("draft", "open"),
    "roll": ("draft", "open"),
    "remind": ("draft", "open", "closed"),
    "close": ("draft", "open", "closed"),
    "declare": ("open", "closed", "declared"),
    "run_off": ("closed", "declared"),
    "file": ("open", "closed", "declared"),
    "receipts": ("open", "closed", "declared"),
    "reasons": ("open", "closed", "declared"),
}


def _shared(people):
    """Cases of the urls that belong to no lab."""
    invitation = InvitationFactory(person=PersonFactory(name="Invited"), purpose="community")
    used = InvitationFactory(person=PersonFactory(name="Joined"), accepted_at=NOW)
    imported = keep_import(
        filename="list.csv", headings=["Name", "Email"], known=0, by=people["lead"], at=NOW,
        rows=[{"name": "New", "email": "new@example.org"}],
        refused=[{"row": 3, "cells": ["=1+1", "x"], "reasons": {"1": "is not an email address"}}],
    )  # fmt: skip
    key = Authenticator.objects.create(
        user=people["operator"],
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Key", "credential": _passkey()},
    )
    person = PersonFactory(name="Somebody")
    entry = RollEntry.objects.filter(ballot__state="open", ballot__lab__slug="open-lab").first()
    token = links.token(entry, entry.ballot)
    over = RollEntry.objects.filter(ballot__state="closed", ballot__lab__slug="open-lab").first()
    task = letters.invite.enqueue([])
    by_link = [
        ("open", {"token": token}),
        ("closed", {"token": links.token(over, over.ballot)}),
        ("made up", {"token": "x"}),
    ]
    return {
        "hub:page": [("", {"slug": "privacy"})],
        "hub:retry": [("", {"pk": task.id})],
        "people:join": [
            ("", {"token": invitations.token(invitation)}),
            ("used", {"token": invitations.token(used)}),
            ("made up", {"token": f"{invitation.pk}-x"}),
        ],
        "people:person": [("", {"pk": person.pk})],
        "people:close": [("", {"pk": person.pk})],
        "people:reopen": [("", {"pk": person.pk})],
        "people:preview": [("", {"pk": imported.pk})],
        "people:refused": [("", {"pk": imported.pk})],
        "people:remind": [("", {"pk": invitation.pk})],
        "ballots:box": [("", {"pk": entry.ballot_id})],
        "ballots:by_link": by_link,
        "ballots:sign_by_link": by_link,
        "ballots:done_by_link": by_link,
        "demo:letter": [("", {"name": "x"})],
        "mfa_remove_webauthn": [("", {"pk": key.pk})],
        "mfa_edit_webauthn": [("", {"pk": key.pk})],
    }
