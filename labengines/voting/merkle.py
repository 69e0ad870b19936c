"""One hash that stands for a whole list, and short proofs that a line is in it.

Source: RFC 6962, section 2.1 (Merkle hash trees): SHA-256 with 0x00 before a
leaf and 0x01 before a node, split at the largest power of two below the size.
"""

import hashlib


def root(leaves):
    """The hash of the list: 32 bytes; order matters. leaves: sequence of bytes."""
    level = [_leaf(leaf) for leaf in leaves]
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        level = _above(level)
    return level[0]


def proof(leaves, index):
    """The neighbours, lowest first, that lead from leaf `index` to the root.

    leaves: sequence of bytes; index: 0..n-1. Returns a tuple of 32-byte hashes.
    Raises IndexError for an index outside the list.
    """
    level = [_leaf(leaf) for leaf in leaves]
    if not 0 <= index < len(level):
        raise IndexError(index)
    path = []
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            path.append(level[beside])
        level = _above(level)
        index //= 2
    return tuple(path)


def is_in(leaf, *, index, size, path, root):
    """Whether `leaf` is line `index` of the `size` lines behind `root`.

    path: what `proof` gave. Returns True or False, whatever the path holds.
    """
    if not 0 <= index < size:
        return False
    node, left = _leaf(leaf), list(path)
    while size > 1:
        if index ^ 1 < size:
            if not left:
                return False
            beside = left.pop(0)
            node = _node(beside, node) if index % 2 else _node(node, beside)
        index //= 2
        size = (size + 1) // 2
    return not left and node == root


def _above(level):
    """Pairs joined; an odd last hash rises unchanged, which is RFC 6962's split."""
    pairs = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return pairs + level[len(pairs) * 2 :]


def _leaf(leaf):
    return hashlib.sha256(b"\x00" + leaf).digest()


def _node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()
