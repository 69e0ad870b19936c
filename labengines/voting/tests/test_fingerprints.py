import hashlib
import random

import pytest

from labengines.voting import fingerprints
from labengines.voting.credentials import PublicKey
from labengines.voting.errors import NameMalformed

KEYS = {"choice": PublicKey(0xABCD, 65537), "nation:": PublicKey(0x10, 3), "reason": PublicKey(0xFF, 65537)}


def hashes(keys):
    return {scope: fingerprints.key_hash(key) for scope, key in keys.items()}


def test_a_fingerprint_is_written_byte_by_byte_as_the_readme_says():
    by_hand = {
        "choice": hashlib.sha256(b"qlabs-key-1\nabcd\n10001\n").hexdigest(),
        "nation:": hashlib.sha256(b"qlabs-key-1\n10\n3\n").hexdigest(),
        "reason": hashlib.sha256(b"qlabs-key-1\nff\n10001\n").hexdigest(),
    }
    lines = "".join(f"{scope}\n{one}\n" for scope, one in by_hand.items())
    assert hashes(KEYS) == by_hand
    assert (
        fingerprints.fingerprint("theme-1", by_hand)
        == hashlib.sha256(f"qlabs-keys-1\ntheme-1\n{lines}".encode()).hexdigest()
    )


def test_the_order_of_the_scopes_does_not_matter():
    backwards = dict(reversed(hashes(KEYS).items()))
    assert fingerprints.fingerprint("b", backwards) == fingerprints.fingerprint("b", hashes(KEYS))


@pytest.mark.parametrize(
    "other",
    [
        KEYS | {"choice": PublicKey(0xABCF, 65537)},
        KEYS | {"choice": PublicKey(0xABCD, 3)},
        KEYS | {"nation:wales": PublicKey(0x10, 3)},
        {scope: KEYS[scope] for scope in ("choice", "reason")},
        KEYS | {"choice": KEYS["reason"], "reason": KEYS["choice"]},
    ],
)
def test_another_key_more_or_fewer_give_another_fingerprint(other):
    assert fingerprints.fingerprint("b", hashes(other)) != fingerprints.fingerprint("b", hashes(KEYS))


def test_the_same_keys_for_another_ballot_give_another_fingerprint():
    assert fingerprints.fingerprint("a", hashes(KEYS)) != fingerprints.fingerprint("b", hashes(KEYS))


@pytest.mark.parametrize("scope", ["a\nb", "", "é"])
def test_a_scope_that_could_be_read_as_two_lines_is_refused(scope):
    with pytest.raises(NameMalformed):
        fingerprints.fingerprint("b", {scope: "0" * 64})


def test_a_check_code_is_the_first_eighty_bits():
    assert fingerprints.check_code("f" * 64) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert fingerprints.check_code("0000000000000000000f" + "0" * 44) == "0000-0000-0000-000F"


def test_a_participation_code_has_the_same_hash_however_it_is_typed():
    code = fingerprints.participation_code(random.Random(1).getrandbits(80))
    typed = code.lower().replace("-", " ")
    assert fingerprints.is_code(typed)
    assert fingerprints.code_hash("b", typed) == fingerprints.code_hash("b", code)
    plain = code.replace("-", "")
    assert (
        fingerprints.code_hash("b", code)
        == hashlib.sha256(f"qlabs-participation-1\nb\n{plain}\n".encode()).hexdigest()
    )
    assert fingerprints.code_hash("c", code) != fingerprints.code_hash("b", code)


@pytest.mark.parametrize("typed", ["", "7K3M", "7K3M-2QXA-7K3M-2QXU", "7K3M-2QXA-7K3M-2QXA-7"])
def test_what_cannot_be_a_code_is_told_apart(typed):
    assert not fingerprints.is_code(typed)


def test_the_hash_over_all_codes_does_not_tell_their_order():
    assert fingerprints.codes_sha256(["b", "a"]) == hashlib.sha256(b"a\nb\n").hexdigest()
