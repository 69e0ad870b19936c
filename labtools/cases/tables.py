"""Cases that look up whole tables of critical values."""

from labengines.spc import boxes, constants
from labengines.spc.run_rules import runs_expected
from labengines.spc.runs import crossings_fewest, longest_run_max

PRINTED_FROM = 10
PRINTED_LOW = (
    3, 3, 3, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 9, 10, 10, 10, 11, 11, 11, 12, 12, 12, 13, 13, 14, 14,
    15, 15, 16, 16, 17, 17, 17, 18, 18, 19, 19,
)  # fmt: skip
PRINTED_HIGH = (
    9, 10, 11, 11, 12, 12, 13, 13, 14, 15, 16, 16, 17, 17, 18, 18, 19, 19, 20, 20, 21, 22, 23, 23, 24, 24,
    25, 25, 26, 26, 27, 27, 28, 28, 29, 30, 31, 31, 32, 32, 33,
)  # fmt: skip


def run(case):
    """Every table that we hold, at the sizes that the case asks for."""
    given = case["input"]
    found = {}
    if "n_useful" in given or "n" in given:
        found |= _runs(given.get("n_useful", given.get("n")))
    if "n" in given:
        found |= {name: getattr(constants, name)(given["n"]).tolist() for name in ("c4", "d2", "d3")}
    return found


def _runs(sizes):
    return {
        "longest_run_max": [longest_run_max(n) for n in sizes],
        "n_crossings_min": [crossings_fewest(n) for n in sizes],
        "exact_low": [runs_expected(n)[0] for n in sizes],
        "exact_high": [runs_expected(n)[1] for n in sizes],
        "printed_low": [_at(PRINTED_LOW, n - PRINTED_FROM) for n in sizes],
        "printed_high": [_at(PRINTED_HIGH, n - PRINTED_FROM) for n in sizes],
        "cb": [_at(boxes.CROSSINGS, n - boxes.FEWEST) for n in sizes],
        "lb": [_at(boxes.LONGEST, n - boxes.FEWEST) for n in sizes],
        "cbord": [_at(boxes.CUT_CROSSINGS, n - boxes.FEWEST) for n in sizes],
        "lbord": [_at(boxes.CUT_LONGEST, n - boxes.FEWEST) for n in sizes],
    }


def _at(table, place):
    return table[place] if 0 <= place < len(table) else None
