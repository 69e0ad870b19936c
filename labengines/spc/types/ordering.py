"""What a Pareto chart shows: frozen, ready to be stored and drawn."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Pareto:
    """Categories from the most to the least frequent; arrays (k,).

    categories: names; None stands for rows without one. counts, cumulative: number of rows up to here.
    shares, cumulative_shares: the same as part of the total, 0..1 (NaN if the total is 0).
    """

    categories: tuple
    counts: np.ndarray
    cumulative: np.ndarray
    shares: np.ndarray
    cumulative_shares: np.ndarray
