"""Blind signatures: the RFC's vectors, and everything that must be refused."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from labengines.voting import credentials, errors
from labengines.voting.tests import boxes
from labengines.voting.tests.boxes import SIGNER, VECTOR

SIGNATURE = bytes.fromhex(VECTOR["sig"])
MESSAGE = bytes.fromhex(VECTOR["msg"])
SALT = bytes.fromhex(VECTOR["salt"])


@pytest.fixture(params=["as installed", "without gmpy2"])
def arithmetic(request, monkeypatch):
    """Both ways to compute a power: with gmpy2 where it is installed, and with pow."""
    if request.param == "without gmpy2":
        monkeypatch.setattr(credentials, "powmod", pow)
        monkeypatch.setattr(credentials, "powmod_sec", pow)


@pytest.mark.usefixtures("arithmetic")
def test_the_vectors_of_rfc_9474():
    inverse = int(VECTOR["inv"], 16)
    r = pow(inverse, -1, SIGNER.n)

    blinded = credentials.blind(SIGNER.public, MESSAGE, r=r, salt=SALT)
    signed = credentials.blind_sign(SIGNER, bytes.fromhex(VECTOR["blinded_msg"]))
    signature = credentials.finalize(SIGNER.public, MESSAGE, signed, inverse)

    assert (blinded[0].hex(), blinded[1]) == (VECTOR["blinded_msg"], inverse)
    assert signed.hex() == VECTOR["blind_sig"]
    assert signature.hex() == VECTOR["sig"]


@pytest.fixture(scope="module")
def short():
    """A fresh, fast key whose length in bits is no multiple of eight."""
    while True:
        numbers = rsa.generate_private_key(public_exponent=65537, key_size=1028).private_numbers()
        return credentials.PrivateKey.of_primes(numbers.p, numbers.q)


@given(message=st.binary(max_size=80), r=st.integers(2, 2**1000), salt=st.binary(min_size=48, max_size=48))
@settings(deadline=None)
def test_openssl_accepts_every_credential_as_plain_rsa_pss(short, message, r, salt):
    blinded, inverse = credentials.blind(short.public, message, r=r, salt=salt)
    signed = credentials.blind_sign(short, blinded)
    signature = credentials.finalize(short.public, message, signed, inverse)

    theirs = rsa.RSAPublicNumbers(short.e, short.n).public_key()
    how = padding.PSS(padding.MGF1(hashes.SHA384()), 48)
    assert theirs.verify(signature, message, how, hashes.SHA384()) is None
    with pytest.raises(InvalidSignature):
        theirs.verify(signature, message + b"x", how, hashes.SHA384())


def test_ours_accepts_what_openssl_signs_and_only_with_our_salt():
    key = rsa.generate_private_key(public_exponent=65537, key_size=1028)
    public = credentials.PublicKey(key.public_key().public_numbers().n, 65537)

    def signed(salt, mask, digest):
        return key.sign(b"message", padding.PSS(padding.MGF1(mask), salt), digest)

    sha384, sha256 = hashes.SHA384(), hashes.SHA256()
    good = [credentials.verify(public, b"message", signed(48, sha384, sha384)) for _ in range(20)]
    assert good == [True] * 20
    wrong = [signed(0, sha384, sha384), signed(32, sha384, sha384), signed(48, sha256, sha384)]
    wrong += [signed(48, sha256, sha256), key.sign(b"message", padding.PKCS1v15(), sha384)]
    assert [credentials.verify(public, b"message", one) for one in wrong] == [False] * 5


def test_a_signature_is_good_for_its_message_key_and_length_only(short):
    number = int.from_bytes(SIGNATURE, "big")
    assert credentials.verify(SIGNER.public, MESSAGE, SIGNATURE)
    refused = [
        (SIGNER.public, MESSAGE + b"x", SIGNATURE),
        (short.public, MESSAGE, SIGNATURE),
        (SIGNER.public, MESSAGE, SIGNATURE[:-1]),
        (SIGNER.public, MESSAGE, b"\0" + SIGNATURE),
        (SIGNER.public, MESSAGE, b""),
        (SIGNER.public, MESSAGE, bytes(SIGNER.public.size)),
        (SIGNER.public, MESSAGE, (2 ** (8 * 512) - 1).to_bytes(512, "big")),
        (SIGNER.public, MESSAGE, (SIGNER.n - number).to_bytes(512, "big")),
    ]
    assert [credentials.verify(*case) for case in refused] == [False] * len(refused)


@pytest.mark.parametrize(("wrong", "signature"), [*boxes.forgeries()])
def test_a_signature_of_the_key_on_a_bad_form_is_refused(wrong, signature):
    assert not credentials.verify(SIGNER.public, bytes(32), signature), wrong


@given(st.integers(0, 8 * len(SIGNATURE) - 1))
@settings(deadline=None)
def test_one_flipped_bit_spoils_a_credential(bit):
    flipped = int.from_bytes(SIGNATURE, "big") ^ 1 << bit

    assert not credentials.verify(SIGNER.public, MESSAGE, flipped.to_bytes(len(SIGNATURE), "big"))


@pytest.mark.parametrize(
    "blinded",
    [b"", bytes(512), bytes(511), b"\0" + SIGNATURE, SIGNER.n.to_bytes(512, "big"), b"\xff" * 512],
)
def test_the_signer_refuses_what_is_no_blinded_message(blinded):
    with pytest.raises(errors.BlindedMalformed):
        credentials.blind_sign(SIGNER, blinded)


@pytest.mark.parametrize("r", [0, -1, SIGNER.n, SIGNER.p])
def test_a_factor_that_cannot_be_taken_off_is_refused(r):
    with pytest.raises(errors.BlindingNotInvertible):
        credentials.blind(SIGNER.public, MESSAGE, r=r, salt=SALT)


def test_a_wrong_salt_and_a_short_key_are_refused():
    with pytest.raises(errors.KeyMalformed):
        credentials.blind(SIGNER.public, MESSAGE, r=2, salt=SALT[:-1])
    with pytest.raises(errors.KeyMalformed):
        credentials.blind(credentials.PublicKey(2**512 + 75, 3), MESSAGE, r=2, salt=SALT)
    with pytest.raises(errors.KeyMalformed):
        credentials.PrivateKey.of_primes(SIGNER.p, SIGNER.p)


@pytest.mark.parametrize("signed", [b"", SIGNATURE[:-1], SIGNATURE, bytes(512)])
def test_an_answer_that_is_no_signature_is_refused(signed):
    with pytest.raises(errors.SignatureWrong):
        credentials.finalize(SIGNER.public, MESSAGE, signed, int(VECTOR["inv"], 16))


@pytest.mark.usefixtures("arithmetic")
def test_a_fault_in_half_of_the_computation_never_leaves():
    faulty = credentials.PrivateKey(
        SIGNER.n, SIGNER.e, SIGNER.d, SIGNER.p, SIGNER.q, SIGNER.dp + 2, SIGNER.dq, SIGNER.qinv
    )
    with pytest.raises(errors.SignatureWrong):
        credentials.blind_sign(faulty, bytes.fromhex(VECTOR["blinded_msg"]))


def test_a_private_key_never_prints_its_numbers():
    assert str(SIGNER.d) not in repr(SIGNER)


def test_a_request_has_one_mark_whatever_its_order():
    one = credentials.request_hash({"choice": b"1", "reason": b"2"})

    assert one == credentials.request_hash({"reason": b"2", "choice": b"1"})
    others = [{"choice": b"1"}, {"choice": b"2", "reason": b"1"}, {"choice": b"1", "reason": b"3"}]
    assert one not in {credentials.request_hash(other) for other in others}
