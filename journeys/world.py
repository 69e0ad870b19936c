"""One small installation with a row of every kind, and everybody who could knock at a page's door."""

import io
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, get_resolver
from PIL import Image

from journeys.world_urls import NOW, of_lab, shared
from qlabs.across.story.tests.factories import EntryFactory, PictureFactory
from qlabs.base.core.models import Event
from qlabs.base.lab import actions as labs
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import FundingFactory, LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import InvitationFactory, OrganisationFactory, PersonFactory
from qlabs.choose.ballots import actions as ballots
from qlabs.choose.ballots.models import Reason
from qlabs.choose.ballots.states import FEWEST_VOTES
from qlabs.choose.ballots.tests.factories import BallotFactory, entries, kept_keys
from qlabs.choose.stations import actions as stations
from qlabs.choose.themes.tests.factories import CommentFactory, EvidenceFactory, ThemeFactory

IN_THE_LAB = (
    "lead", "researcher", "designer", "coach", "site-lead", "contributor", "funder", "evaluator", "follower",
)  # fmt: skip
ROLES = ("stranger", "member", *IN_THE_LAB, "other-lead", "operator")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SEEDS = tuple(bytes([number] * 16) for number in range(1, 6))

STATES = ("draft", "open", "closed", "declared", "stopped", "void")


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
        self.shared = shared(self.people)
        self.sessions = {role: _session(person) for role, person in self.people.items()}

    def _place(self, slug, *, public=False, lead=None):
        lab = LabFactory(slug=slug, public=True, open="choose")  # or it could not ask the whole community
        team = [("lead", lead)] if lead else [(role, self.people[role]) for role in IN_THE_LAB]
        for role, person in team:
            MembershipFactory(lab=lab, person=person, role=role)
        place = Place(lab, _rows(lab, by=team[0][1], voters=[self.people["member"]]))
        labs.update_lab(lab=lab, by=team[0][1], at=NOW, is_public=public)
        return place

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
        states = of_lab(name, wanted, self.open)
        yield from ((state, {"slug": "open-lab", **kwargs}) for state, kwargs in states)
        private = dict(of_lab(name, wanted, self.closed))
        state = "open" if "open" in private else next(iter(private))
        yield f"private {state}".strip(), {"slug": "closed-lab", **private[state]}

    def swapped(self, name, converters):
        """kwargs of the rows of one lab, asked for under the address of another."""
        return [
            {"slug": "open-lab", **kwargs} for _state, kwargs in of_lab(name, set(converters), self.other)
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
    for number in range(1, FEWEST_VOTES):
        PersonFactory(name=f"Voter {number}", member=True)
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
    default_storage.save(picture.file, ContentFile(a_picture()))
    ballot = {state: _ballot(lab, state, by) for state in STATES}
    station = stations.set_up(ballot=ballot["open"], place="Day room", hours=12, by=by, at=NOW)
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
        "invitation": InvitationFactory(
            lab=lab, purpose="lab", role=Role.COACH, person=PersonFactory(name="Asked")
        ),
        "ballot": ballot,
        "station": station,
        "card order": card_order(station, by),
        "planned reminder": ballots.plan_reminder(
            ballot=ballot["open"], goes_at=NOW + timedelta(days=9), by=by, at=NOW
        ),
        "reason": Reason.objects.create(ballot=ballot["closed"], choice="", text="=1+1 We wait."),
    }


def card_order(station, by):
    """The second of two, which together are more than one person may print."""
    pks = [entry.pk for entry in entries(station.ballot)[:5]]
    _printed, waiting = (
        stations.ask_for_cards(station=station, pks=pks, by=by, at=NOW) for _order in range(2)
    )
    return waiting


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
    if state == "void":
        return ballots.close_ballot(ballot=ballot, at=ballot.ends_at)
    if state == "stopped":
        return ballots.stop_ballot(ballot=ballot, because="Votes were lost.", at=NOW)
    for option, entry, seed in zip(cycle(ballot.options.all()), entries(ballot), SEEDS, strict=False):
        ballots.vote_for(entry=entry, seed=seed, choice=option.public_id, reason="=1+1", at=NOW)
    ballots.ask_early_closing(ballot=ballot, reason="All have voted.", by=by, at=NOW)
    ballot = ballots.close_ballot(ballot=ballot, by=by, at=NOW)
    ballots.scrub(ballot=ballot, at=NOW)
    return ballots.declare(ballot=ballot, by=by, at=NOW) if state == "declared" else ballot


def a_picture():
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(out, "JPEG")
    return out.getvalue()
