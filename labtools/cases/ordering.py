"""Reference cases of Pareto charts, from qicharts2."""

from labengines.spc.ordering import pareto


def run_pareto(case):
    """`expected` of a case of the family "pareto"."""
    found = pareto(case["input"]["category"], keep_missing=bool(case["options"].get("useNA", False)))
    return {
        "category": list(found.categories),
        "count": found.counts,
        "cum_count": found.cumulative,
        "p": found.shares,
        "p_cum": found.cumulative_shares,
    }
