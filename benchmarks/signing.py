"""What one blind signature costs, in this process, with gmpy2 and without."""

import time
from contextlib import contextmanager
from statistics import median

from labengines.voting import credentials
from qlabs.choose.ballots import keys

from .table import Table


def tables(*, times=60):
    """One table for each size; with Python's own arithmetic the same signatures take many times as long."""
    for key in keys.make([keys.LASTING, keys.PASSING]):
        yield _table(key, times)


def _table(key, times):
    size = key.n.bit_length()
    table = Table(
        f"One blind signature and one check (RSA, {size:,} bits)",
        ("arithmetic", "sign, CPU ms", "check, CPU ms"),
    )
    fast = credentials.powmod is not pow
    if fast:
        table.add("gmpy2", *_cost(key, times))
    with _plain():
        plain = _cost(key, max(times // 6, 2))
    table.add("Python alone", *plain)
    table.summary = f"blind signature of {size:,} bits: {table.rows[0][1]} ms" + (
        f" with gmpy2, {plain[0]:.0f} ms without" if fast else ""
    )
    return table


def _cost(key, times):
    """Medians: the signer's part, and the check of a credential in the box."""
    blinded = pow(3, key.d, key.n).to_bytes(key.public.size, "big")
    signature = credentials.blind_sign(key, blinded)
    return [
        median(_spent(credentials.blind_sign, key, blinded) for _ in range(times)),
        median(_spent(credentials.verify, key.public, b"key", signature) for _ in range(times)),
    ]


def _spent(act, *facts):
    began = time.process_time()
    act(*facts)
    return (time.process_time() - began) * 1000


@contextmanager
def _plain():
    """The engine as it is where gmpy2 is not installed."""
    kept = credentials.powmod, credentials.powmod_sec
    credentials.powmod = credentials.powmod_sec = pow
    try:
        yield
    finally:
        credentials.powmod, credentials.powmod_sec = kept
