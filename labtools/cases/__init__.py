"""Reference cases: an input in the words of some package, run on our engines, answered in the same words."""

from importlib import import_module

import numpy as np

from labengines.errors import EngineError
from labengines.spc.errors import Unknown

RUNNERS = {
    "qic": "qic.run",
    "ptd": "ptd.run",
    "pbc": "pbc.run",
    "rules": "qcc.run_rules",
    "np": "qcc.run_np",
    "xbar-r": "qcc.run_xbar_r",
    "ihi": "ihi.run",
    "table": "tables.run",
    "funnel": "funnels.run_funnel",
    "funnel-phe": "funnels.run_funnel_phe",
    "ewma": "cumulative.run_ewma",
    "cusum": "cumulative.run_cusum",
    "bcusum": "cumulative.run_bcusum",
    "pareto": "ordering.run_pareto",
    "rebase-run": "rebasing.run_rebase_run",
    "effect": "effects.run_effect",
}


def run(case):
    """The fields of `expected` for a case, or {"error": text} where the engine refuses the input.

    case: dictionary in the schema of the reference cases, with at least family, chart, input and options.
    Raises Unknown for a family that has no runner.
    """
    family = case["family"]
    if family not in RUNNERS:
        raise Unknown(field="family", value=family, choices=tuple(RUNNERS))
    module, function = RUNNERS[family].split(".")
    runner = getattr(import_module(f"labtools.cases.{module}"), function)
    try:
        with np.errstate(all="ignore"):  # R reckons on with infinities, and so do its cases
            return runner(case)
    except EngineError as refusal:
        return {"error": str(refusal)}
