"""How far an interval reaches and how unusual a statistic is, by the normal distribution or Student's t."""

from scipy.special import ndtr, ndtri, stdtr, stdtrit

from labengines.spc.errors import OutOfRange
from labengines.spc.inputs import floats


def share(value, *, field):
    """`value` as a float between 0 and 1, both excluded; raises NotANumber or OutOfRange."""
    number = float(floats([value], field=field)[0])
    if not 0 < number < 1:
        raise OutOfRange(field=field, row=1, value=number, allowed="between 0 and 1")
    return number


def quantile(share, df=None):
    """The number below which `share` of Student's t on df (None: the normal distribution) lies."""
    return float(ndtri(share) if df is None else stdtrit(df, share))


def two_sided(statistic, df=None):
    """The share of the same distribution that is as far from 0 as the statistic."""
    return float(2 * (ndtr(-abs(statistic)) if df is None else stdtr(df, -abs(statistic))))
