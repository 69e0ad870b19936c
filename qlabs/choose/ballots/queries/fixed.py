"""Reads of what is fixed at the opening: the keys, and the codes of those who may take part."""

from labengines.voting import fingerprints, voter

from ..keys import public
from ..models import RollEntry, SigningKey
from .roll import scopes_of


def key_hashes(ballot):
    """{scope: hash of its key}."""
    return {row.scope: fingerprints.key_hash(public(row)) for row in _keys(ballot)}


def keys_sha256(ballot):
    """The fingerprint of the ballot's keys as they are now."""
    return fingerprints.fingerprint(ballot.code, key_hashes(ballot))


def code_hashes(ballot):
    """The published hash of everybody's participation code."""
    return _hashes(ballot, RollEntry.objects.filter(ballot=ballot))


def fixed_facts(ballot):
    """What the log keeps for anybody to compare later."""
    return {
        "check_code": ballot.check_code,
        "fingerprint_of_keys": ballot.keys_sha256,
        "fingerprint_of_settings": ballot.frozen_sha256,
        "fingerprint_of_codes": fingerprints.codes_sha256(code_hashes(ballot)),
        "roll_sources": ballot.roll_sources,
    }


def fixed_for_file(ballot):
    """What the ballot file holds of what was fixed: all keys and codes, and the codes of those who took part."""
    took_part = RollEntry.objects.filter(ballot=ballot, has_key=True)
    return {
        "keys": {"sha256": ballot.keys_sha256, "hashes": key_hashes(ballot)},
        "roll": {
            "codes": code_hashes(ballot),
            "took_part": _hashes(ballot, took_part),
            "sources": ballot.roll_sources,
            "corrections": ballot.corrections.count(),
        },
    }


def took_part(ballot, code):
    """Whether a key was signed for the place on the roll with this code; None if no place has it."""
    rows = RollEntry.objects.filter(ballot=ballot, participation_code=voter.normal_code(code))
    entry = rows.first()
    return entry and entry.has_key


def keys_for(ballot, entry):
    """What a voter's page hands out: ([{scope, n, e}] of her own keys, {scope: hash} of all others)."""
    keys, mine = {row.scope: row for row in _keys(ballot)}, scopes_of(ballot, entry)
    own = [{"scope": scope, "n": keys[scope].n, "e": f"{keys[scope].e:06x}"} for scope in mine]
    others = {scope: fingerprints.key_hash(public(row)) for scope, row in keys.items() if scope not in mine}
    return own, others


def _hashes(ballot, entries):
    """Sorted, so that their order says nothing."""
    codes = entries.values_list("participation_code", flat=True)
    return sorted(fingerprints.code_hash(ballot.code, code) for code in codes if code)


def _keys(ballot):
    return SigningKey.objects.filter(ballot=ballot).defer("private")
