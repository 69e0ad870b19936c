"""Limits of the best-box and cut-box tests for 10 to 100 useful points.

Source: Anhoej and Wentzel-Larsen (2020), Smooth operator: modifying the Anhoej rules to
improve runs analysis in statistical process control, PLOS ONE (CC BY 4.0), as tabulated in
the R package qicharts2 0.8.1.
"""

FEWEST, MOST = 10, 100
CROSSINGS = (
    2, 3, 3, 3, 3, 4, 5, 5, 5, 5, 6, 7, 6, 6, 6, 6, 9, 9, 9, 10, 11, 11, 11, 11, 11, 12, 13, 14, 13, 15,
    15, 15, 14, 14, 17, 17, 17, 17, 19, 19, 19, 19, 19, 21, 21, 21, 21, 23, 23, 23, 23, 23, 25, 25, 26,
    26, 27, 27, 27, 28, 29, 29, 29, 30, 30, 31, 31, 31, 32, 33, 33, 33, 34, 33, 35, 35, 35, 35, 37, 37,
    38, 37, 39, 39, 39, 39, 39, 41, 41, 42, 41,
)  # fmt: skip
LONGEST = (
    6, 7, 6, 6, 6, 7, 8, 7, 7, 7, 7, 8, 7, 7, 7, 7, 9, 8, 8, 8, 10, 9, 8, 8, 8, 8, 9, 10, 8, 11, 9, 9, 8,
    8, 10, 9, 9, 9, 12, 10, 9, 9, 9, 11, 10, 9, 9, 12, 10, 10, 9, 9, 11, 10, 11, 10, 12, 10, 10, 11, 14,
    11, 10, 11, 10, 12, 11, 10, 11, 13, 11, 10, 11, 10, 11, 11, 10, 10, 12, 11, 12, 10, 13, 11, 11, 10,
    10, 12, 11, 12, 10,
)  # fmt: skip
CUT_CROSSINGS = (
    3, 4, None, None, None, 6, 6, None, 6, 6, None, None, 7, 7, 7, None, 10, 10, 11, None, 12, 14, None,
    12, 13, None, 15, None, None, None, None, 17, None, None, None, None, 19, 20, 20, 21, None, 21, 21,
    23, 23, None, 23, 25, 24, 26, None, 24, 27, 27, 27, 27, 29, None, 29, 29, 30, 31, 30, 31, None, 32,
    34, 33, 33, 37, 35, None, 36, 36, None, 38, 36, 38, 38, 39, None, 39, 41, 40, 42, None, 41, 42, 44,
    43, 42,
)  # fmt: skip
CUT_LONGEST = (
    5, 6, None, None, None, 6, 7, None, 6, 5, None, None, 6, 6, 6, None, 7, 7, 7, None, 9, 8, None, 7, 7,
    None, 8, None, None, None, None, 8, None, None, None, None, 8, 7, 11, 9, None, 8, 7, 9, 8, None, 8,
    11, 9, 8, None, 8, 9, 9, 10, 9, 10, None, 8, 8, 13, 9, 9, 10, None, 9, 8, 9, 8, 11, 9, None, 10, 7,
    None, 8, 9, 8, 10, 9, None, 9, 12, 10, 8, None, 8, 9, 9, 10, 9,
)  # fmt: skip


def best_box(useful, crossings, longest):
    """Whether the runs of `useful` points (10 to 100) lie outside the best box."""
    at = useful - FEWEST
    return not (crossings >= CROSSINGS[at] and longest <= LONGEST[at])


def cut_box(useful, crossings, longest):
    """Whether they lie outside the best box with its corners cut."""
    at = useful - FEWEST
    most, fewest = LONGEST[at], CROSSINGS[at]
    if CUT_CROSSINGS[at] is None:
        return best_box(useful, crossings, longest)
    inside = crossings >= fewest + 1 and longest <= most - 1
    edge_left = crossings == fewest and longest <= CUT_LONGEST[at]
    edge_top = crossings >= CUT_CROSSINGS[at] and longest <= most
    return not (inside or edge_left or edge_top)
