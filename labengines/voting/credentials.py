"""Blind-signed voting credentials: RSABSSA-SHA384-PSS-Deterministic.

The signer never sees the message that it signs, yet the result verifies as an
ordinary RSASSA-PSS signature (SHA-384, MGF1 with SHA-384, salt of 48 bytes).
"Deterministic" means that the message is signed as it is, without a random
prefix; the padding still has its salt of 48 bytes. Our message is a random
public key, so a prefix would add nothing.

Source: RFC 9474, RSA Blind Signatures (2023), sections 4 and 5; RFC 8017,
section 9.1 for EMSA-PSS. The parts written here are modular powers and hashes
only; keys are made elsewhere. `gmpy2` is used when it is installed.
"""

import hashlib
from dataclasses import dataclass
from math import gcd

from labengines.voting.errors import (
    BlindedMalformed,
    BlindingNotInvertible,
    KeyMalformed,
    SignatureWrong,
)

try:
    from gmpy2 import powmod, powmod_sec
except ImportError:  # the optional extra "fast" is not installed
    powmod = powmod_sec = pow

DIGEST = 48
SALT = 48


@dataclass(frozen=True)
class PublicKey:
    """The public half: modulus n and exponent e, as whole numbers."""

    n: int
    e: int

    @property
    def size(self):
        """Length of the modulus, and of every signature, in bytes."""
        return (self.n.bit_length() + 7) // 8


@dataclass(frozen=True, repr=False)
class PrivateKey:
    """The secret half with its CRT values; never printed.

    n, e, d, p, q: whole numbers with n = p q.
    dp = d mod (p-1), dq = d mod (q-1), qinv = q^-1 mod p.
    """

    n: int
    e: int
    d: int
    p: int
    q: int
    dp: int
    dq: int
    qinv: int

    @property
    def public(self):
        """The PublicKey of this key."""
        return PublicKey(self.n, self.e)

    @classmethod
    def of_primes(cls, p, q, *, e=65537):
        """The key of two primes. Raises KeyMalformed if e has no inverse."""
        order = (p - 1) * (q - 1)
        if p == q or gcd(e, order) != 1:
            raise KeyMalformed(bits=(p * q).bit_length())
        d = pow(e, -1, order)
        return cls(p * q, e, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))


def blind(public, message, *, r, salt):
    """Hide a message for the signer.

    public: PublicKey. message: bytes of any length.
    r: whole number in 1..n-1, random and used once, invertible modulo n.
    salt: 48 random bytes.
    Returns (blinded message: bytes of the key's length, inverse of r: int).
    Raises BlindingNotInvertible, KeyMalformed (key too short for the padding).
    Source: RFC 9474, section 4.2.
    """
    if not 0 < r < public.n or gcd(r, public.n) != 1:
        raise BlindingNotInvertible()
    padded = int.from_bytes(_pss_encode(public, message, salt), "big")
    hidden = padded * int(powmod(r, public.e, public.n)) % public.n
    return hidden.to_bytes(public.size, "big"), pow(r, -1, public.n)


def blind_sign(private, blinded):
    """Sign a blinded message without seeing what is in it.

    private: PrivateKey. blinded: bytes of the key's length, below the modulus.
    Returns bytes of the key's length. About 2 ms for 3072 bits with gmpy2, 16 ms
    without; a third of that for 2048. The result is checked before it leaves, so that a fault
    in one half of the computation can never give the key away.
    Raises BlindedMalformed, SignatureWrong (the computation failed).
    Source: RFC 9474, section 4.3; RFC 8017, section 5.1.2 for the CRT.
    """
    message = int.from_bytes(blinded, "big")
    if len(blinded) != private.public.size or not 0 < message < private.n:
        raise BlindedMalformed(length=len(blinded), expected=private.public.size)
    one = int(powmod_sec(message % private.p, private.dp, private.p))
    two = int(powmod_sec(message % private.q, private.dq, private.q))
    signed = two + private.q * ((one - two) * private.qinv % private.p)
    if int(powmod(signed, private.e, private.n)) != message:
        raise SignatureWrong()
    return signed.to_bytes(private.public.size, "big")


def finalize(public, message, signed, inverse):
    """Take the blinding off and check what is left.

    message: what was blinded. signed: what the signer gave back.
    inverse: what `blind` returned beside the blinded message.
    Returns the signature, bytes of the key's length.
    Raises SignatureWrong if it does not verify.
    Source: RFC 9474, section 4.4.
    """
    if len(signed) != public.size:
        raise SignatureWrong(length=len(signed), expected=public.size)
    plain = int.from_bytes(signed, "big") * inverse % public.n
    signature = plain.to_bytes(public.size, "big")
    if not verify(public, message, signature):
        raise SignatureWrong()
    return signature


def verify(public, message, signature):
    """Whether the signature is the key's own on this message.

    Returns True or False; never raises for a malformed signature.
    Source: RFC 8017, sections 8.1.2 and 9.1.2 (RSASSA-PSS, salt of 48 bytes).
    """
    number = int.from_bytes(signature, "big")
    if len(signature) != public.size or number >= public.n:
        return False
    bits = public.n.bit_length() - 1
    length = (bits + 7) // 8
    opened = int(powmod(number, public.e, public.n))
    if opened.bit_length() > bits:
        return False
    return _pss_matches(opened.to_bytes(length, "big"), message, bits)


def blinded_hash(blinded):
    """The mark of one blinded key: whoever asks for another person's is found by it.

    blinded: the blinded message of one scope, as bytes. Returns 64 hex signs.
    """
    return hashlib.sha256(b"qlabs-blinded-1\n" + blinded).hexdigest()


def keys_together(keys):
    """The mark of the voting keys that cast one vote, in whatever order they stand.

    keys: voting keys of 32 bytes, one of each scope. Returns 32 hex signs.
    """
    return hashlib.sha256(b"qlabs-together-1\n" + b"".join(sorted(keys))).hexdigest()[:32]


def request_hash(blinded):
    """The mark of one voter's whole request: asked again, it gets the same answer.

    blinded: {scope: blinded message as bytes}. Returns 64 hex signs.
    The same request gives the same mark in whatever order its scopes stand.
    """
    mark = hashlib.sha256(b"qlabs-request-1\n")
    for scope in sorted(blinded):
        mark.update(f"{scope}\n{blinded[scope].hex()}\n".encode())
    return mark.hexdigest()


def _pss_encode(public, message, salt):
    bits = public.n.bit_length() - 1
    length = (bits + 7) // 8
    if len(salt) != SALT or length < DIGEST + SALT + 2:
        raise KeyMalformed(bits=bits + 1, salt=len(salt))
    digest = _pss_digest(message, salt)
    block = bytes(length - SALT - DIGEST - 2) + b"\x01" + salt
    masked = bytearray(_xor(block, _mgf1(digest, len(block))))
    masked[0] &= 0xFF >> (8 * length - bits)
    return bytes(masked) + digest + b"\xbc"


def _pss_matches(encoded, message, bits):
    length = len(encoded)
    if length < DIGEST + SALT + 2 or encoded[-1] != 0xBC:
        return False
    masked, digest = encoded[: -DIGEST - 1], encoded[-DIGEST - 1 : -1]
    block = bytearray(_xor(masked, _mgf1(digest, len(masked))))
    block[0] &= 0xFF >> (8 * length - bits)
    padding = bytes(length - SALT - DIGEST - 2) + b"\x01"
    if bytes(block[:-SALT]) != padding:
        return False
    return digest == _pss_digest(message, bytes(block[-SALT:]))


def _pss_digest(message, salt):
    inner = hashlib.sha384(message).digest()
    return hashlib.sha384(bytes(8) + inner + salt).digest()


def _mgf1(seed, length):
    blocks = range((length + DIGEST - 1) // DIGEST)
    mask = b"".join(hashlib.sha384(seed + i.to_bytes(4, "big")).digest() for i in blocks)
    return mask[:length]


def _xor(left, right):
    return (int.from_bytes(left, "big") ^ int.from_bytes(right, "big")).to_bytes(len(left), "big")
