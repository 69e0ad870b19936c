"""Ballots to test with, and a voter that does her part in Python as her browser would."""

import json
import secrets
from datetime import datetime, timedelta
from functools import lru_cache

import factory
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.urls import reverse
from factory.django import DjangoModelFactory

from labengines.voting import credentials, voter
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui.words import LONDON
from qlabs.choose.ballots import actions, keys, links, queries
from qlabs.choose.ballots.models import Ballot, RollEntry, SealedVote, Voters
from qlabs.choose.ballots.states import FEWEST_VOTES

OPENED = datetime(2017, 2, 1, 9, tzinfo=LONDON)
NOON = datetime(2017, 2, 1, 12, tzinfo=LONDON)
CLOSES = datetime(2017, 2, 22, 17, tzinfo=LONDON)
LATER = CLOSES + timedelta(hours=1)


@lru_cache
def _kept_key(bits, number):
    return keys.make([bits])[0]


def kept_keys(sizes):
    """Keys made once for all tests: making them is tested by itself."""
    return [_kept_key(bits, number) for number, bits in enumerate(sizes)]


class BallotFactory(DjangoModelFactory):
    """A draft over three options, with as small a result as there may be."""

    class Meta:
        model = Ballot
        skip_postgeneration_save = True

    lab = factory.SubFactory(LabFactory, public=True, open="choose")
    question = "Which theme should the lab work on?"
    closes_at = CLOSES
    breakdowns = ["nation", "perspective"]
    fewest_votes = FEWEST_VOTES

    @factory.post_generation
    def choices(self, create, titles):
        for position, title in enumerate(titles or ("Self-care", "Frailty", "Waiting"), start=1):
            self.options.create(title=title, summary=f"About {title}.", position=position)


def open_ballot(ballot=None, *, at=OPENED, **details):
    """An open ballot; its roll is every member there is, and more until a vote may open."""
    ballot = ballot or BallotFactory(**details)
    fill_roll(ballot)
    lead = PersonFactory(name="Lead")
    return actions.open_ballot(ballot=ballot, by=lead, at=at, make_keys=kept_keys)


def fill_roll(ballot):
    """As many people as the vote needs to open."""
    missing = max(0, ballot.fewest_votes - queries.people_for(ballot).count())
    if ballot.voters == Voters.LAB:
        MembershipFactory.create_batch(missing, lab=ballot.lab)
    else:
        members(missing)


def enough_votes(ballot, *, at=NOON):
    """Whoever is last on the roll votes without a choice, until there are votes enough for a result."""
    silent = [entry for entry in entries(ballot) if not entry.has_key]
    missing = max(0, ballot.fewest_votes - queries.keys_signed(ballot))
    for entry in silent[len(silent) - missing :]:
        actions.vote_for(entry=entry, seed=secrets.token_bytes(16), choice="", reason="", at=at)


def closed_ballot(ballot, *, at=LATER):
    """A ballot with a result; votes that it lacks for one are added without a choice."""
    enough_votes(ballot, at=ballot.opened_at)
    ballot = actions.close_ballot(ballot=ballot, at=at)
    actions.scrub(ballot=ballot, at=at)
    return ballot


def declared_ballot(ballot, *, at=LATER):
    return actions.declare(ballot=closed_ballot(ballot, at=at), by=PersonFactory(), at=at)


def members(count, **profile):
    return PersonFactory.create_batch(count, member=True, **profile)


class Voter:
    """One voter with her own seed, who speaks to the server as her browser does: through the views."""

    def __init__(self, entry, client, *, seed=None):
        self.entry, self.client = entry, client
        self.ballot = Ballot.objects.get(pk=entry.ballot_id)
        self.seed = seed or secrets.token_bytes(16)
        self.counter = 0
        public = queries.box(self.ballot.pk, self.ballot.code).keys
        self.parts = {
            scope: self._part(scope, public[scope]) for scope in queries.scopes_of(self.ballot, entry)
        }

    def _part(self, scope, public):
        name = {"ballot": self.ballot.code, "scope": scope}
        secret = Ed25519PrivateKey.from_private_bytes(voter.voting_seed(self.seed, **name))
        key = secret.public_key().public_bytes_raw()
        return public, secret, key, *voter.blind(self.seed, **name, public=public, key=key)

    @property
    def receipt(self):
        return voter.receipt(self.parts["choice"][2])

    def request(self):
        return {"blinded": {scope: part[3].hex() for scope, part in self.parts.items()}}

    def sign(self, **more):
        """The server's answer to the sign request, asked by personal link."""
        address = reverse("ballots:sign_by_link", args=[links.token(self.entry, self.ballot)])
        return self.client.post(address, json.dumps(self.request() | more), content_type="application/json")

    def credentials(self):
        """Her unblinded credentials, from a sign request."""
        signed = self.sign().json()["signed"]
        return {
            scope: credentials.finalize(public, key, bytes.fromhex(signed[scope]), inverse)
            for scope, (public, _secret, key, _blinded, inverse) in self.parts.items()
        }

    def line(self, scope, credential, choice, *, counter, text=None):
        """The JSON of one line of a vote."""
        _public, secret, key, *_hidden = self.parts[scope]
        where = {"ballot": self.ballot.code, "scope": scope}
        signature = secret.sign(voter.ballot_message(**where, choice=choice, text=text))
        counted = secret.sign(voter.counter_message(**where, counter=counter, signature=signature))
        return {
            "scope": scope, "key": key.hex(), "credential": credential.hex(),
            "signature": signature.hex(), "counter_signature": counted.hex(),
        }  # fmt: skip

    def vote(self, choice, *, counter=1, reason="", held=None):
        """The JSON of a whole vote; `held` are her credentials if she has them already."""
        held = held or self.credentials()
        text = {"text": reason} if "reason" in held else {}
        lines = [
            self.line(scope, held[scope], choice, counter=counter, **(text if scope == "reason" else {}))
            for scope in held
        ]
        return {"counter": counter, "choice": choice, **text, "lines": lines, "padding": ""}

    def post(self, vote):
        address = reverse("ballots:box", args=[self.ballot.pk])
        return self.client.post(address, json.dumps(vote), content_type="application/json")

    def cast(self, choice, *, reason=""):
        """Sign and cast; the answer of the box."""
        self.counter += 1
        return self.post(self.vote(choice, counter=self.counter, reason=reason))


def cast(entry, option, *, client, reason=""):
    """One vote, the whole protocol through the views; option None is no choice. Returns the Voter."""
    voter_ = Voter(entry, client)
    answer = voter_.cast(option.public_id if option else "", reason=reason)
    assert answer.status_code == 200, answer.content
    return voter_


def box_lines(scope=None):
    """Every line of every open box, by scope and counter."""
    boxes = {ballot: queries.box(*ballot) for ballot in Ballot.objects.values_list("pk", "code")}
    lines = [
        queries.Line.unpacked(boxes[ballot].key.unseal(bytes(sealed)))
        for ballot in boxes
        for sealed in SealedVote.objects.filter(ballot=ballot[0]).values_list("sealed", flat=True)
    ]
    return sorted(
        (line for line in lines if scope in (None, line.scope)), key=lambda line: (line.scope, line.counter)
    )


def entries(ballot):
    return list(RollEntry.objects.filter(ballot=ballot).order_by("pk"))
