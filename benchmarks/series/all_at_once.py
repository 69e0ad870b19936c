"""`charts`: whole tables."""

from labengines.spc import charts

from . import made

SERIES = made()


def act():
    found = charts(SERIES, "i")
    return int(found.runs_signal.sum()), int((found.outside > 0).sum())
