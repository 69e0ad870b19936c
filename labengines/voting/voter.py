"""The voter's part of the secret ballot, all of it derived from one secret seed.

A voter keeps 16 random bytes for one ballot, her seed. From it follow her
voting keys, her blinding factors and her salts, so that asking again gives the
same bytes (nothing is lost when an answer is), and so that the change code,
which is the seed written down, works on another device. The same steps run in
`voter.js` in her browser; README.md beside this file lists them byte by byte.

Ed25519 itself is not in the standard library, so the caller turns
`voting_seed(...)` into a key and signs the two messages with it.
Source: RFC 5869 (HKDF), RFC 8032 (Ed25519), RFC 9474 (blind RSA).
"""

import hashlib
import hmac
import re

from labengines.voting import credentials
from labengines.voting.errors import ChangeCodeMistyped, NameMalformed

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans("OIL", "011")
SEED = 16
CHECK_BITS = 12
NAME = re.compile(r"[A-Za-z0-9_.:-]{1,64}", re.ASCII)


def voting_seed(seed, *, ballot, scope):
    """The secret of the voting key for one scope: 32 bytes for Ed25519.

    seed: 16 bytes. ballot, scope: names (letters, digits, `_ . : -`, up to 64).
    Raises NameMalformed.
    """
    return _derive(seed, "ed25519", ballot, scope, 32)


def blind(seed, *, ballot, scope, public, key):
    """The blinded voting key to send to the signer.

    public: PublicKey of the scope. key: the 32 bytes of the Ed25519 public key.
    Returns (blinded message: bytes of the RSA key's length, inverse: int).
    The factor is the derived number (64 bytes longer than the modulus, so that
    its remainder is even) modulo n; it depends on the signer's key as well, so
    that no two keys ever see the same factor.
    """
    modulus = hashlib.sha256(public.n.to_bytes(public.size, "big")).hexdigest()
    stream = _derive(seed, f"blind\n{modulus}", ballot, scope, public.size + 64)
    salt = _derive(seed, f"salt\n{modulus}", ballot, scope, credentials.SALT)
    r = int.from_bytes(stream, "big") % public.n
    return credentials.blind(public, key, r=r, salt=salt)


def ballot_message(*, ballot, scope, choice, text=None):
    """What the voting key signs for everybody to check: bytes.

    choice: an option's id, or "" for no choice. text: the reason (may be empty),
    only with the scope "reason". How often a vote was changed is not in it.
    Raises NameMalformed.
    """
    for name in (ballot, scope, choice or "none"):
        _check_name(name)
    if (text is not None) != (scope == "reason"):
        raise NameMalformed(name="text")
    lines = ["qlabs-ballot-2", ballot, scope, choice]
    return "\n".join(lines if text is None else [*lines, text]).encode()


def counter_message(*, ballot, scope, counter, signature):
    """What the voting key signs for the box alone: that this vote is her first, her second, and so on.

    counter: whole number from 1, one higher with each change.
    signature: the 64 bytes of her signature on the ballot_message.
    Raises NameMalformed.
    """
    _check_name(ballot)
    _check_name(scope)
    if not isinstance(counter, int) or not 1 <= counter < 2**31:
        raise NameMalformed(name="counter")
    return f"qlabs-counter-2\n{ballot}\n{scope}\n{counter}\n{signature.hex()}".encode()


def receipt(key):
    """The receipt of a voting key: 20 signs, the first 100 bits of its SHA-256.

    key: the 32 bytes of the Ed25519 public key of the scope "choice".
    """
    digest = int.from_bytes(hashlib.sha256(key).digest(), "big")
    return grouped(digest >> 156, 20)


def change_code(seed):
    """The seed written for people: 28 signs in groups of four.

    128 bits of seed and 12 bits of check, so that 4,095 of 4,096 mistyped codes
    are told apart. Raises ChangeCodeMistyped if the seed is not 16 bytes.
    """
    if len(seed) != SEED:
        raise ChangeCodeMistyped(length=len(seed))
    return grouped(int.from_bytes(seed, "big") << CHECK_BITS | _check(seed), 28)


def seed_of(code):
    """The 16 bytes that a change code stands for.

    Any case; spaces and dashes of any kind do not matter; O is read as 0, I and L as 1.
    Raises ChangeCodeMistyped.
    """
    signs = normal_code(code).replace("-", "")
    if len(signs) != 28 or set(signs) - set(ALPHABET):
        raise ChangeCodeMistyped(length=len(signs))
    number = 0
    for sign in signs:
        number = number << 5 | ALPHABET.index(sign)
    seed = (number >> CHECK_BITS).to_bytes(SEED, "big")
    if number & (2**CHECK_BITS - 1) != _check(seed):
        raise ChangeCodeMistyped(length=len(signs))
    return seed


def normal_code(code):
    """A receipt or change code as we write it, whatever way it was typed."""
    signs = re.sub(r"[\W_]", "", code).upper().translate(READ_AS)
    return "-".join(signs[i : i + 4] for i in range(0, len(signs), 4))


def _derive(seed, purpose, ballot, scope, length):
    """HKDF with SHA-512: salt "qlabs-voter-1", info "purpose\\nballot\\nscope"."""
    if len(seed) != SEED:
        raise ChangeCodeMistyped(length=len(seed))
    _check_name(ballot)
    _check_name(scope)
    info = f"{purpose}\n{ballot}\n{scope}".encode()
    key = hmac.digest(b"qlabs-voter-1", seed, "sha512")
    block, stream = b"", b""
    for number in range(1, length // 64 + 2):
        block = hmac.digest(key, block + info + bytes([number]), "sha512")
        stream += block
    return stream[:length]


def _check(seed):
    digest = hashlib.sha256(b"qlabs-change-code-1" + seed).digest()
    return int.from_bytes(digest[:2], "big") >> (16 - CHECK_BITS)


def _check_name(name):
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise NameMalformed(name=name)


def grouped(number, signs):
    """A number as so many signs of five bits each, in groups of four."""
    places = range(5 * (signs - 1), -1, -5)
    return normal_code("".join(ALPHABET[number >> place & 31] for place in places))
