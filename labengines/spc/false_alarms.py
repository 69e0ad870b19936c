"""How often the verdict's rule calls an unchanged process improved.

Our own simulation of normal processes with a stable baseline (`python -m benchmarks.false_alarms`,
200,000 for each cell, which puts two standard errors under 0.002).
"""

import numpy as np

BEFORE = (12, 18, 24, 36, 48)
AFTER = (8, 12, 18, 24, 36, 48, 60)
ALIKE = (0.0, 0.3)  # correlation of neighbouring points
# (correlation, with_runs): a row for each number of points before, a column for each after
SHARES = {
    (0.0, False): (
        (0.011, 0.027, 0.051, 0.073, 0.112, 0.147, 0.178),
        (0.009, 0.021, 0.041, 0.06, 0.094, 0.125, 0.154),
        (0.007, 0.02, 0.038, 0.055, 0.087, 0.117, 0.145),
        (0.006, 0.016, 0.032, 0.047, 0.076, 0.104, 0.131),
        (0.006, 0.015, 0.029, 0.044, 0.072, 0.099, 0.125),
    ),
    (0.0, True): (
        (0.024, 0.04, 0.058, 0.086, 0.124, 0.157, 0.185),
        (0.02, 0.033, 0.048, 0.073, 0.106, 0.134, 0.161),
        (0.018, 0.03, 0.044, 0.067, 0.098, 0.125, 0.151),
        (0.016, 0.026, 0.038, 0.059, 0.086, 0.112, 0.137),
        (0.015, 0.025, 0.035, 0.056, 0.083, 0.107, 0.131),
    ),
    (0.3, False): (
        (0.033, 0.07, 0.123, 0.169, 0.244, 0.303, 0.353),
        (0.026, 0.059, 0.108, 0.152, 0.226, 0.288, 0.34),
        (0.024, 0.055, 0.102, 0.143, 0.216, 0.278, 0.331),
        (0.021, 0.05, 0.092, 0.132, 0.202, 0.263, 0.316),
        (0.019, 0.046, 0.087, 0.124, 0.193, 0.255, 0.309),
    ),
    (0.3, True): (
        (0.059, 0.105, 0.149, 0.214, 0.29, 0.344, 0.388),
        (0.051, 0.093, 0.135, 0.199, 0.275, 0.331, 0.377),
        (0.047, 0.087, 0.127, 0.189, 0.264, 0.321, 0.369),
        (0.043, 0.08, 0.116, 0.178, 0.25, 0.307, 0.356),
        (0.041, 0.076, 0.112, 0.171, 0.244, 0.301, 0.35),
    ),
}


def chance(before, after, *, alike, with_runs=False):
    """Share (0..1) of unchanged processes that the rule calls improved.

    before, after: points in the baseline and after the change; between the cells of the table
    it is interpolated, beyond them the nearest holds. alike: correlation of neighbours, 0 or 0.3.
    with_runs: whether an Anhoej signal decides too.
    """
    table = np.array(SHARES[alike, with_runs])
    at_after = [np.interp(after, AFTER, row) for row in table]
    return float(np.interp(before, BEFORE, at_after))
