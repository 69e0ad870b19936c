"""The voter's part: codes she can type, bytes that never change."""

import hashlib

import pytest
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from labengines.voting import credentials, errors, voter
from labengines.voting.tests.boxes import SIGNER

SEED = bytes(range(16))
seeds = st.binary(min_size=16, max_size=16)


def hkdf(info, length):
    return HKDF(SHA512(), length, b"qlabs-voter-1", info).derive(SEED)


def test_keys_are_derived_as_the_readme_says():
    assert voter.voting_seed(SEED, ballot="b1", scope="choice") == hkdf(b"ed25519\nb1\nchoice", 32)


def test_blinding_is_derived_as_the_readme_says():
    key = bytes(32)
    mark = hashlib.sha256(SIGNER.n.to_bytes(512, "big")).hexdigest()
    r = int.from_bytes(hkdf(f"blind\n{mark}\nb1\nreason".encode(), 576), "big") % SIGNER.n
    salt = hkdf(f"salt\n{mark}\nb1\nreason".encode(), 48)

    found = voter.blind(SEED, ballot="b1", scope="reason", public=SIGNER.public, key=key)

    assert found == credentials.blind(SIGNER.public, key, r=r, salt=salt)


def test_every_ballot_and_scope_has_keys_of_its_own():
    cases = [("b1", "choice"), ("b1", "reason"), ("b1", "nation:wales"), ("b2", "choice")]

    assert len({voter.voting_seed(SEED, ballot=ballot, scope=scope) for ballot, scope in cases}) == 4


def test_what_the_voting_key_signs():
    vote = {"ballot": "b1", "scope": "choice", "choice": "t-2"}
    reason = {**vote, "scope": "reason", "choice": "", "text": "Because:\nŵ"}

    assert voter.ballot_message(**vote) == b"qlabs-ballot-2\nb1\nchoice\nt-2"
    assert voter.ballot_message(**reason) == "qlabs-ballot-2\nb1\nreason\n\nBecause:\nŵ".encode()


def test_the_number_of_a_vote_is_signed_apart_and_bound_to_it():
    where = {"ballot": "b1", "scope": "nation:"}

    message = voter.counter_message(**where, counter=3, signature=b"\x0a" * 64)

    assert message == f"qlabs-counter-2\nb1\nnation:\n3\n{'0a' * 64}".encode()
    for counter in (0, "1", 2**31):
        with pytest.raises(errors.NameMalformed):
            voter.counter_message(**where, counter=counter, signature=bytes(64))


@pytest.mark.parametrize(
    "change",
    [
        {"ballot": "b\n1"},
        {"ballot": ""},
        {"scope": "a b"},
        {"choice": "x\n"},
        {"choice": "ŵ"},
        {"choice": "x" * 65},
        {"text": "no reason here"},
        {"scope": "reason"},
    ],
)
def test_a_message_that_could_be_read_two_ways_is_never_made(change):
    vote = {"ballot": "b1", "scope": "choice", "choice": "t2", **change}

    with pytest.raises(errors.NameMalformed):
        voter.ballot_message(**vote)


def test_a_receipt_is_the_first_hundred_bits_of_the_keys_hash():
    # sha256sum of 32 nought bytes begins 66687aadf862bd776c8fc18b8e: by hand, five bits at a time.
    assert voter.receipt(bytes(32)) == "CSM7-NBFR-CAYQ-EV4F-R65R"


def test_a_change_code_in_full():
    assert voter.change_code(bytes(16))[:29] == "0000-0000-0000-0000-0000-0000"
    assert voter.change_code(SEED) == "000G-40R4-0M30-E209-185G-R38E-1Y18"


@given(seeds)
def test_a_change_code_gives_the_seed_back_however_it_is_typed(seed):
    code = voter.change_code(seed)
    typed = f" {code.lower().replace('-', ' ')} ".replace("0", "o").replace("1", "l")

    assert (voter.seed_of(code), voter.seed_of(typed)) == (seed, seed)


@pytest.mark.parametrize("dash", ["–", "—", "‑", "−", "_", "\u00a0", ".", "\u200b"])
def test_a_change_code_is_read_with_any_dash(dash):
    assert voter.seed_of(voter.change_code(SEED).replace("-", dash)) == SEED


def test_one_wrong_sign_in_a_change_code_is_told_apart():
    signs = voter.change_code(SEED).replace("-", "")
    passed = []
    for place in range(28):
        for sign in set(voter.ALPHABET) - {signs[place]}:
            try:
                passed.append(voter.seed_of(signs[:place] + sign + signs[place + 1 :]))
            except errors.ChangeCodeMistyped:
                continue
    assert passed == []


@pytest.mark.parametrize("code", ["", "0", "U" * 28, "0" * 27, "0" * 29, "é" * 28])
def test_what_is_no_change_code_is_refused(code):
    with pytest.raises(errors.ChangeCodeMistyped):
        voter.seed_of(code)


@pytest.mark.parametrize("seed", [b"", bytes(15), bytes(17)])
def test_a_seed_has_sixteen_bytes(seed):
    with pytest.raises(errors.ChangeCodeMistyped):
        voter.change_code(seed)
    with pytest.raises(errors.ChangeCodeMistyped):
        voter.voting_seed(seed, ballot="b", scope="choice")
