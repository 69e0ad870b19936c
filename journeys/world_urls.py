"""What stands in the place of each part of an address, in the world of the role matrix."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from qlabs.base.people import links as invitations
from qlabs.base.people.actions import keep_import
from qlabs.base.people.models import AddressChange
from qlabs.base.people.tests.factories import InvitationFactory, PersonFactory
from qlabs.base.ui.words import LONDON
from qlabs.choose.ballots import letters, links
from qlabs.choose.ballots.models import RollEntry
from qlabs.choose.ballots.tests.factories import entries
from qlabs.choose.stations import links as stations
from qlabs.choose.stations.models import Station

NOW = datetime(2017, 2, 1, 12, tzinfo=LONDON)


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


def of_lab(name, wanted, place):
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
    if name == "stations:index":
        return [(state, {"pk": rows["ballot"][state].pk}) for state in ("draft", "open", "closed")]
    if app == "ballots":
        states = _BALLOT_STATES.get(act, ("draft", "open", "closed", "declared", "stopped", "void"))
        return [(state, {"pk": rows["ballot"][state].pk}) for state in states]
    kind = {"themes": "theme", "story": "entry"}[app]
    return [("", {"pk": rows[kind].pk}), ("draft", {"pk": rows[f"draft {kind}"].pk})]


_SINGLE = {
    "lab:remove": ("membership", "pk"),
    "lab:remove_funding": ("funding", "pk"),
    "lab:remind_invited": ("invitation", "pk"),
    "lab:cancel_invitation": ("invitation", "pk"),
    "themes:hide-comment": ("comment", "pk"),
    "themes:comment": ("theme", "pk"),
    "themes:support": ("theme", "pk"),
    "themes:shortlist": ("theme", "pk"),
    "story:picture": ("picture", "pk"),
    "story:remove-picture": ("picture", "pk"),
    "ballots:judge": ("reason", "key"),
    "ballots:cancel": ("planned reminder", "pk"),
    "stations:close": ("station", "pk"),
    "stations:cards": ("station", "pk"),
    "stations:print_cards": ("card order", "pk"),
}
_BALLOT_STATES = {
    "edit": ("draft", "open"),
    "discard": ("draft", "open"),
    "open": ("draft", "open"),
    "sign": ("open", "closed"),
    "confirm": ("open", "closed"),
    "done": ("open",),
    "may_i_vote": ("draft", "open", "closed"),
    "status": ("draft", "open"),
    "roll": ("draft", "open"),
    "remind": ("draft", "open", "closed"),
    "plan": ("draft", "open", "closed"),
    "invitation": ("draft", "open", "closed"),
    "try_invitation": ("draft", "open", "closed"),
    "reminder": ("draft", "open", "closed"),
    "try_reminder": ("draft", "open", "closed"),
    "close": ("draft", "open", "closed"),
    "extend": ("draft", "open", "closed"),
    "withdraw": ("open", "closed"),
    "agree": ("open", "closed"),
    "void": ("open", "stopped", "void"),
    "ask_again": ("declared", "stopped", "void"),
    "declare": ("open", "closed", "declared"),
    "run_off": ("closed", "declared"),
    "csv": ("open", "closed", "declared"),
    "file": ("open", "closed", "declared"),
    "receipts": ("open", "closed", "declared"),
    "took_part": ("open", "closed", "declared"),
    "reasons": ("open", "closed", "declared"),
}


def shared(people):
    """Cases of the urls that belong to no lab."""
    invitation = InvitationFactory(person=PersonFactory(name="Invited"), purpose="community")
    imported = keep_import(
        source="Members of Q", filename="list.csv", headings=["Name", "Email"], known=0,
        by=people["operator"], at=NOW,
        rows=[{"name": "New", "email": "new@example.org"}], sheet=[[2, ["New", "new@example.org", "Oz"]]],
        columns={"name": 0, "email": 1, "nation": 2},
        ignored=[{"row": 2, "column": 2, "cell": "Oz", "reason": "is not a nation we know"}],
        refused=[{"row": 3, "cells": ["=1+1", "x"], "reasons": {"1": "is not an email address"}}],
    )  # fmt: skip
    key = Authenticator.objects.create(
        user=people["operator"],
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Key", "credential": _passkey()},
    )
    entry = RollEntry.objects.filter(ballot__state="open", ballot__lab__slug="open-lab").first()
    task = letters.invite.enqueue([])
    return {
        **_by_link(entry),
        **_at_station(),
        **_people(),
        "hub:page": [("", {"slug": "privacy"})],
        "hub:retry": [("", {"pk": task.id})],
        **_by_invitation(invitation),
        "people:columns": [("", {"pk": imported.pk})],
        "people:preview": [("", {"pk": imported.pk})],
        "people:refused": [("", {"pk": imported.pk})],
        "people:remind": [("", {"pk": invitation.pk})],
        "ballots:box": [("", {"pk": entry.ballot_id})],
        "demo:letter": [("", {"name": "x"})],
        "mfa_remove_webauthn": [("", {"pk": key.pk})],
        "mfa_edit_webauthn": [("", {"pk": key.pk})],
    }


def _by_invitation(invitation):
    """The addresses that an invitation's link opens, to one that waits and to others that are answered."""
    used = InvitationFactory(person=PersonFactory(name="Joined"), accepted_at=NOW)
    declined = InvitationFactory(person=PersonFactory(name="Unwilling"), declined_at=NOW)
    cases = [
        ("", {"token": invitations.token(invitation)}),
        ("used", {"token": invitations.token(used)}),
        ("made up", {"token": f"{invitation.pk}-x"}),
    ]
    no = ("said no", {"token": invitations.token(declined)})
    return {"people:join": cases, "people:no_thanks": [*cases, no]}


def _people():
    """The pages about one person, and of somebody whose email address is about to change."""
    somebody = [("", {"pk": PersonFactory(name="Somebody").pk})]
    moving = AddressChange.objects.create(
        person=PersonFactory(name="Moving"), old="a@example.org", new="b@example.org", nonce="n", asked_at=NOW
    )
    answers = [
        ("", {"token": invitations.address_token(moving, "old")}),
        ("made up", {"token": f"{moving.pk}-x"}),
    ]
    pages = ("people:person", "people:close", "people:renew_links", "people:reopen")
    return dict.fromkeys(pages, somebody) | {
        "people:withdraw_address": [("", {"pk": moving.person_id})],
        "people:answer_address": answers,
    }


def _at_station():
    """The addresses on the device of a voting station, where nobody has typed a code."""
    station = Station.objects.get(ballot__lab__slug="open-lab")
    cases = [("", {"token": stations.token(station)}), ("made up", {"token": "1-x"})]
    pages = ("start", "vote", "sign", "confirm", "receipt", "still_there", "finish")
    return {f"stations:{name}": cases for name in pages}


def _by_link(entry):
    """The addresses that a voter's personal link opens."""
    over = RollEntry.objects.filter(ballot__state="closed", ballot__lab__slug="open-lab").first()
    cases = [
        ("open", {"token": links.token(entry, entry.ballot)}),
        ("closed", {"token": links.token(over, over.ballot)}),
        ("made up", {"token": "x"}),
    ]
    return dict.fromkeys([f"ballots:{name}by_link" for name in ("", "sign_", "confirm_", "done_")], cases)
