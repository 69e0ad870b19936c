"""Two stages: each site's own effect, then one over all of them."""

import numpy as np

from labengines.spc.effects.step import effect
from labengines.spc.errors import NotDetermined, TooFewPoints
from labengines.spc.inputs import expect_length, floats
from labengines.spc.pooling import combine
from labengines.spc.types.effects import EffectsAtSites

COLUMNS = ("time", "after", "denominators")


def effects_at_sites(values, *, site, method="reml", hartung_knapp=True, level=0.95, **model):
    """EffectsAtSites of the jump, on the model's scale (logarithms for counts and proportions).

    values, site (n,). model: as in `effect`; the columns time, after and denominators have n rows and are shared out.
    A site without a single event, or whose rows do not determine its effect, is left out with the reason; a site
    with some periods without events stays. combined is None below two sites. Raises EngineError for wrong rows.
    """
    values, site = floats(values, field="values"), list(site)
    expect_length(site, field="site", length=len(values))
    columns = {name: list(model.pop(name)) for name in COLUMNS if model.get(name) is not None}
    for name, column in columns.items():
        expect_length(column, field=name, length=len(values))
    found, left_out = [], []
    for name in dict.fromkeys(site):
        rows = [row for row, label in enumerate(site) if label == name]
        own = {column: [entries[row] for row in rows] for column, entries in columns.items()}
        outcome = _outcome(values[rows], level=level, **own, **model)
        (left_out if isinstance(outcome, str) else found).append((name, outcome))
    return EffectsAtSites(tuple(found), tuple(left_out), _combined(found, method, hartung_knapp, level))


def _outcome(values, *, kind="continuous", **model):
    """The site's Effect, or why it has none."""
    if kind != "continuous" and not np.nansum(values) > 0:
        return "no_events"
    try:
        return effect(values, kind=kind, **model)
    except (NotDetermined, TooFewPoints) as refusal:
        return refusal.code


def _combined(found, method, hartung_knapp, level):
    if len(found) < 2:
        return None
    steps = [one.step for _, one in found]
    variances = [step.standard_error**2 for step in steps]
    estimates = [step.estimate for step in steps]
    return combine(estimates, variances, method=method, hartung_knapp=hartung_knapp, level=level)
