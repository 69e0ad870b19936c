"""Standard error and degrees of freedom that allow for few sites.

Kenward & Roger, Biometrics 1997;53:983-997, for one coefficient of a random-intercept model. The covariance of the
rows is linear in its two variances (between sites, within), so that no second derivatives remain; for one
coefficient the scale of the F statistic is 1. Numbers are those of pbkrtest.
"""

import numpy as np

from labengines.spc.effects.mixed import means


def adjusted(matrix, site, fit, column):
    """(standard error, degrees of freedom) of one column's coefficient in a mixed.Fit."""
    phi = fit.covariance / fit.sigma**2
    slopes, products, information = _pieces(matrix, site, fit)
    spread = 2 * np.linalg.inv(_expected(phi, slopes, products, information))
    rows = range(2)
    bias = sum(spread[r, s] * (products[r][s] - slopes[r] @ phi @ slopes[s]) for r in rows for s in rows)
    variance = (phi + 2 * phi @ bias @ phi)[column, column]
    moved = np.array([(phi @ slope @ phi)[column, column] for slope in slopes]) / phi[column, column]
    return float(fit.sigma * np.sqrt(variance)), float(2 / (moved @ spread @ moved))


def _pieces(matrix, site, fit):
    """P (sign left out) and Q of the paper's section 2, and the traces of V^-1 G V^-1 G, for (sites, rows).

    In units of the rows' own variance, so that no power of a unit can leave the range of a float.
    """
    sizes = np.bincount(site)
    shrunk = 1 / (1 + fit.ratio * sizes)  # of a site's sum: 1'V^-1 = shrunk 1'
    sums = means(matrix, site) * sizes[:, None]
    within = matrix - means(matrix, site)[site]
    apart = within.T @ within

    def power(k):
        """X'V^-k X, from what is within sites and between them."""
        return apart + (sums.T * (shrunk**k / sizes)) @ sums

    def between(k):
        """X'V^-1 G V^-1 .. X, with G of sites once and V^-1 k times in all."""
        return (sums.T * shrunk**k) @ sums

    both = (sums.T * (shrunk**3 * sizes)) @ sums
    slopes = (between(2), power(2))
    products = ((both, between(3)), (between(3), power(3)))
    mixed = (shrunk**2 * sizes).sum()
    rows = (sizes - 1).sum() + (shrunk**2).sum()
    return slopes, products, np.array([[((shrunk * sizes) ** 2).sum(), mixed], [mixed, rows]])


def _expected(phi, slopes, products, information):
    """Twice the information on the two variances that REML is expected to have."""
    taken = [[_taken(phi, slopes[r], slopes[s], products[r][s]) for s in range(2)] for r in range(2)]
    return information - np.array(taken)


def _taken(phi, first, second, product):
    return 2 * np.trace(phi @ product) - np.trace(phi @ first @ phi @ second)
