"""Reference cases of funnels: FunnelPlotR and our own exact limits, PHEindicatormethods."""

import numpy as np

from labengines.spc.fingertips import fingertips_table
from labengines.spc.funnel_limits import funnel_limits, shmi_rounded
from labengines.spc.funnels import funnel
from labengines.spc.ordering import alphabetical

FUNNELPLOTR = {"PR": ("proportion", "arcsine"), "RC": ("ratio-of-counts", "log")}
RATIOS = {"SHMI": ("ratio", "shmi"), "CQC": ("ratio", "square-root")}
FEWEST_OF_DSR = 10
TOO_FEW_OF_DSR = "Not applicable for events less than 10 for dsrs"


def run_funnel(case):
    """`expected` of a case of the family "funnel"."""
    if case["chart"] == "funnel-exact":
        return _exact(case["input"])
    options = case["options"]
    found = _funnelplotr(case["input"], options)
    adjusts = options.get("adjust_overdispersion", True)
    order = sorted(range(len(found.groups)), key=lambda at: alphabetical(found.groups[at]))
    points = {name: np.asarray(column)[order] for name, column in _points(found).items()}
    return {
        "target": found.target / found.multiplier,
        "phi": found.dispersion.phi if adjusts else 0,
        "tau2": found.dispersion.tau2,
        "points": {"group": [found.groups[at] for at in order], **points},
        "n_outliers": int(np.abs(found.flagged).sum()),
    }


def run_funnel_phe(case):
    """`expected` of a case of the family "funnel-phe"."""
    columns, options = case["input"], case["options"]
    kind, multiplier = options["statistic"], options.get("multiplier", 100)
    events, sizes = columns["numerator"], _population(columns, options, multiplier)
    found = funnel(events, sizes, kind=kind, method="ohid", multiplier=multiplier)
    years, ratio_type = options.get("years_of_data", 1), options.get("ratio_type", "isr")
    table = {
        "kind": kind,
        "multiplier": multiplier,
        "years": years,
        "ratio_type": ratio_type,
        "upstream": True,
    }
    labels = found.significance
    if options.get("rate_type") == "dsr":
        labels = [
            TOO_FEW_OF_DSR if k < FEWEST_OF_DSR else label for k, label in zip(events, labels, strict=True)
        ]
    return {"limits": fingertips_table(events, sizes, **table), "significance": list(labels)}


def _exact(columns):
    if "expected_events" in columns:
        sizes, options = columns["expected_events"], {"kind": "ratio", "target": columns.get("target", 1)}
    else:
        sizes, options = columns["n"], {"kind": "proportion", "target": columns["target"]}
    limits = funnel_limits(sizes, **options)
    return {name: getattr(limits, name) for name in ("l998", "l95", "u95", "u998")}


def _funnelplotr(columns, options):
    data_type = options.get("data_type", "SR")
    kind, method = FUNNELPLOTR.get(data_type) or RATIOS[options.get("sr_method", "SHMI")]
    return funnel(
        columns["numerator"],
        columns["denominator"],
        groups=columns["group"],
        kind=kind,
        method=method,
        overdispersion=None if options.get("adjust_overdispersion", True) else False,
        trim=options.get("trim_by", 0.1),
        multiplier=options.get("multiplier", 1),
        flag_at=95 if options.get("outlier_limit") == 95 else 99.8,
        upstream=True,
    )


def _points(found):
    shmi = found.method == "shmi"
    sizes = shmi_rounded(found.denominators) if shmi else found.denominators
    trimmed = "truncated" if shmi else "winsorised"
    return {
        "numerator": found.numerators,
        "denominator": sizes,
        "rr": found.numerators / found.denominators,
        "target_transformed": np.full(len(found.groups), found.dispersion.centre),
        "Y": found.dispersion.transformed,
        "Uzscore": found.dispersion.z,
        "Wuzscore": found.dispersion.kept_z,
        trimmed: found.dispersion.trimmed.astype(int),
        **_limits(found.limits, "{side}CL{share}"),
        **_limits(_widened(found, sizes), "OD{share}{side}CL"),
        "outlier": np.abs(found.flagged),
    }


def _widened(found, sizes):
    """The limits on the method's scale, which the package draws even without overdispersion."""
    options = {"tau2": found.dispersion.tau2, "multiplier": found.multiplier, "upstream": found.upstream}
    target = found.target / found.multiplier
    return funnel_limits(sizes, kind=found.kind, method=found.method, target=target, **options)


def _limits(limits, pattern):
    ends = {("L", 95): limits.l95, ("U", 95): limits.u95, ("L", 99): limits.l998, ("U", 99): limits.u998}
    return {pattern.format(side=side, share=share): end for (side, share), end in ends.items()}


def _population(columns, options, multiplier):
    """Denominators of a rate, from the rate where there were events, as the package derives them."""
    if "rate" not in columns:
        return columns["denominator"]
    unknown = [None] * len(columns["rate"])
    given = unknown if options.get("rate_type") == "dsr" else columns.get("denominator", unknown)
    rows = zip(columns["numerator"], columns["rate"], given, strict=True)
    return [multiplier * events / rate if events and rate else size for events, rate, size in rows]
