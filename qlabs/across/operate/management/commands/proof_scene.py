"""One act inside a scratch installation of `qlabs prove`: JSON on standard input, JSON out."""

import json
import sys
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qlabs.across.operate.proofs.installation import wait_for
from qlabs.across.operate.proofs.looking import Watcher
from qlabs.across.operate.proofs.voters import Voter
from qlabs.base.lab import actions as labs
from qlabs.base.people import actions as people
from qlabs.base.people.models import Nation, Person, Perspective
from qlabs.choose.ballots import actions as ballots
from qlabs.choose.ballots import links, queries
from qlabs.choose.ballots.models import Ballot, RollEntry, State
from qlabs.choose.ballots.states import FEWEST_VOTES


class Command(BaseCommand):
    help = "For `qlabs prove` only: acts in a scratch installation."

    def add_arguments(self, parser):
        parser.add_argument("act", choices=ACTS)

    def handle(self, *args, act, **options):
        if settings.PRODUCTION:
            raise CommandError("This is for scratch installations only.")
        self.stdout.write(json.dumps(ACTS[act](json.load(sys.stdin), at=timezone.now())))


def _open(wish, *, at):
    """A lab with an open ballot and that many voters, across nations and perspectives."""
    lead = people.add_member(name="Lead", email="lead@qlabs.example", by=None, at=at, is_invented=True)
    lab = labs.create_lab(
        template="improvement-lab",
        title="Proof",
        by=lead,
        at=at,
        lead=lead,
        starts_on=at.date(),
        is_public=True,
    )
    for number in range(wish["voters"] - 1):
        people.add_member(
            name=f"Voter {number}",
            email=f"voter{number}@qlabs.example",
            by=None,
            at=at,
            is_invented=True,
            nation=Nation.values[number % 4],
            perspective=Perspective.values[number % 9],
        )
    ballot = ballots.create_ballot(
        lab=lab,
        question="Which theme?",
        closes_at=at + timedelta(hours=wish.get("hours", 2)),
        options=[(f"Theme {number}", "") for number in range(5)],
        breakdowns=wish.get("breakdowns", []),
        fewest_votes=FEWEST_VOTES,
        reason_prompt=wish.get("reason_prompt", ""),
        by=lead,
        at=at,
    )
    ballot = ballots.open_ballot(ballot=ballot, by=lead, at=at)
    return told(ballot)


def told(ballot):
    """What the voters' browsers learn from the page."""
    box = queries.box(ballot.pk, ballot.code)
    return {
        "ballot": ballot.pk,
        "code": ballot.code,
        "lab": ballot.lab.slug,
        "box": reverse("ballots:box", args=[ballot.pk]),
        "options": [option.public_id for option in queries.options(ballot)],
        "keys": {scope: f"{key.n:x}" for scope, key in box.keys.items()},
        "voters": [
            {
                "entry": entry.pk,
                "email": entry.person.email,
                "sign": reverse("ballots:sign_by_link", args=[links.token(entry, ballot)]),
                "scopes": queries.scopes_of(ballot, entry),
            }
            for entry in RollEntry.objects.filter(ballot=ballot).select_related("person", "ballot")
        ],
    }


def _close(wish, *, at):
    """Close (once a named file is there), scrub and declare; the published file."""
    if "when" in wish:
        Path(f"{wish['when']}-awaited").touch()
        wait_for(Path(wish["when"]))
    lead = Person.objects.get(email="lead@qlabs.example")
    ballot = _ended(Ballot.objects.get(pk=wish["ballot"]), lead)
    ballot = ballots.close_ballot(ballot=ballot, at=timezone.now(), by=lead)
    if wish.get("declare", True):
        ballot = ballots.declare(ballot=ballot, by=lead, at=at)
        return {"file": bytes(queries.file_of(ballot)).decode(), "signed": ballot.keys_signed}
    return {"signed": ballot.keys_signed}


def _ended(ballot, lead):
    """Its lead asks to close it early, and somebody else agrees, unless they have before or everybody has voted."""
    at = timezone.now()
    if ballot.state != State.OPEN or ballot.ends_at <= at:
        return ballot
    other = Person.objects.get(email="voter0@qlabs.example")
    asked = queries.early_closing_of(ballot) or ballots.ask_early_closing(
        ballot=ballot, reason="The proof is over.", by=lead, at=at
    )
    if asked.takes_effect_at <= at:
        return ballot
    return ballots.agree_early_closing(asked=asked, by=other, at=at)


def _rows(wish, *, at):
    """How many keys were signed, and the votes in the box or, after the close, those counted."""
    ballot = Ballot.objects.get(pk=wish["ballot"])
    lines = queries.last_lines(queries.box(ballot.pk, ballot.code))
    votes = lines.get(queries.CHOICE) or queries.counted(ballot)
    return {
        "signed": queries.keys_signed(ballot),
        "votes": [[vote.public_key, getattr(vote, "counter", None), vote.choice] for vote in votes],
    }


def _vote(wish, *, at):
    """Let voters vote one after another in the given order, every second one signed in, each saying what she says.

    said: {entry: [[choice, reason], ...]}, every vote of hers. kept: {entry: [seed, counter]} of who voted before.
    Returns the voting keys, what to keep, and with `watch` what could be seen after each request.
    """
    told, people = wish["told"], {}
    places = {place["entry"]: place for place in told["voters"]}
    watcher = Watcher(home=settings.VAR, url=wish.get("url", "")) if wish.get("watch") else None
    sights = []
    for number, entry in enumerate(wish["order"]):
        place = places[entry]
        if number % 2:
            place = {**place, "sign": reverse("ballots:sign", args=[told["lab"], told["ballot"]])}
        ask = _browser(entry, signed_in=number % 2, watcher=watcher, sights=sights)
        people[entry] = _voter(told, place, ask, wish.get("kept", {}).get(str(entry)))
        _say(people[entry], wish["said"][str(entry)])
    return {
        "keys": {entry: person.key for entry, person in people.items()},
        "kept": {entry: [person.seed.hex(), person.counter] for entry, person in people.items()},
        "sights": [sight for sight in sights if sight["entry"] or sight["rows"]],
    }


def _voter(told, place, ask, kept):
    seed, counter = kept or (None, 0)
    person = Voter(told, place, ask=ask, seed=bytes.fromhex(seed) if seed else None)
    person.counter = counter
    return person


def _say(person, votes):
    if not person.sign():
        raise CommandError(f"A key was refused: {person.refused}.")
    for choice, reason in votes:
        if not person.cast(choice, reason):
            raise CommandError(f"A vote was refused: {person.refused}.")


def _browser(entry, *, signed_in, watcher, sights):
    """A browser of this voter's own, inside this process; whoever watches looks after each of its requests."""
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    if signed_in:
        client.force_login(
            RollEntry.objects.get(pk=entry).person, backend=settings.AUTHENTICATION_BACKENDS[1]
        )

    def ask(path, body):
        answer = client.post(path, json.dumps(body), content_type="application/json")
        if watcher:
            sights.append(watcher.sight() | {"of": entry})
        return answer.status_code, answer.json() if answer["Content-Type"] == "application/json" else {}

    return ask


def _marks(wish, *, at):
    """The mark beside each voter's flag, and her number on the roll."""
    rows = RollEntry.objects.filter(ballot_id=wish["ballot"])
    return [[entry.pk, entry.request_hash, entry.voter_id] for entry in rows]


def _tell(wish, *, at):
    """The next morning's letters: a vote was cast in your name."""
    ballots.tell_voters(ballot=Ballot.objects.get(pk=wish["ballot"]), at=at + timedelta(days=1))
    return {}


ACTS = {"open": _open, "close": _close, "rows": _rows, "vote": _vote, "marks": _marks, "tell": _tell}
