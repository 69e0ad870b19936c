"""Merkle trees: the vectors of RFC 6962's reference code, and proofs."""

import time
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labengines.voting import merkle

# The eight leaves and the roots of their first n, from Certificate Transparency's
# reference tests (merkle tree test vectors, n = 1..8).
LEAVES = [bytes.fromhex(leaf) for leaf in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_of_the_reference_code(size):
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_an_empty_list_has_the_hash_of_nothing():
    assert merkle.root([]) == sha256(b"").digest()


@given(st.lists(st.binary(max_size=3), min_size=1, max_size=40), st.data())
def test_a_proof_holds_for_its_leaf_place_and_list_only(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    path, root = merkle.proof(leaves, index), merkle.root(leaves)
    where = {"index": index, "size": len(leaves), "path": path, "root": root}

    assert merkle.is_in(leaves[index], **where)
    assert not merkle.is_in(leaves[index] + b"x", **where)
    assert not merkle.is_in(leaves[index], **{**where, "path": (*path, bytes(32))})
    assert not merkle.is_in(leaves[index], **{**where, "index": len(leaves)})
    assert not merkle.is_in(leaves[index], **{**where, "root": bytes(32)})
    if path:
        assert not merkle.is_in(leaves[index], **{**where, "path": path[:-1]})


@pytest.mark.parametrize("index", [-1, 8])
def test_no_proof_for_a_line_that_is_not_there(index):
    with pytest.raises(IndexError):
        merkle.proof(LEAVES, index)


def test_five_thousand_ballots_take_milliseconds():
    leaves = [number.to_bytes(2, "big") * 600 for number in range(5000)]
    times = []
    for _ in range(5):
        start = time.process_time()
        merkle.root(leaves)
        times.append(time.process_time() - start)

    assert min(times) < 0.05  # 6 ms here; the bar leaves room for slow machines
