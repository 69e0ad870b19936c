"""`chart`: a full result for each series, with phases, signals and notes; some of the series stand for all."""

from labengines.spc import chart

from . import ONE_BY_ONE, made

SERIES = made()[:ONE_BY_ONE]


def act():
    found = [chart(values, "i") for values in SERIES]
    runs = sum(one.phases[0].runs.signal for one in found)
    return runs, sum(one.phases[0].outside > 0 for one in found)
