"""How often lots alone would have shown so large an effect: start dates drawn anew among the sites.

Fisher, The Design of Experiments (1935), chapter 2. The likeness within sites is fitted once, without the effect, so
that it is the same for every lot; p counts the draw that was made as one of the draws.
"""

import numpy as np

from labengines.spc.effects import mixed
from labengines.spc.errors import OutOfRange


def p_by_lots(values, *, site, period, treat, rng, draws):
    """Two-sided p. values, treat (n,); site, period (n,) numbered from 0; rng: numpy Generator; draws: lots."""
    starts = _starts(site, period, treat)
    periods = (period[:, None] == np.arange(period.max() + 1)).astype(float)
    ratio = mixed.fit(periods, values, site).ratio
    lots = np.stack([rng.permutation(starts) for _ in range(draws)])
    treated = (period >= np.vstack([starts, lots])[:, site]).astype(float).T
    table = mixed.whitened(np.column_stack([periods, values, treated]), site, ratio)
    basis = np.linalg.qr(table[:, : periods.shape[1]])[0]
    rest = table[:, periods.shape[1] :]
    rest = rest - basis @ (basis.T @ rest)
    lengths = np.sqrt((rest[:, 1:] ** 2).sum(axis=0))
    sizes = np.abs(rest[:, 0] @ rest[:, 1:]) / np.where(lengths > 1e-9, lengths, np.inf)
    return float((1 + (sizes[1:] >= sizes[0] * (1 - 1e-12)).sum()) / (1 + draws))


def _starts(site, period, treat):
    """Each site's first treated period, (sites,); past the last where it never began."""
    never = period.max() + 1
    starts = np.full(site.max() + 1, never)
    np.minimum.at(starts, site, np.where(treat > 0, period, never))
    for row in np.flatnonzero((period >= starts[site]) != (treat > 0)):
        raise OutOfRange(
            field="treat", row=int(row) + 1, value=float(treat[row]), allowed="1 from a site's start on"
        )
    return starts
