"""Run charts and statistical process control: has it changed, and by how much?"""

from labengines.spc.choices import Choices
from labengines.spc.cumulative import bernoulli_cusum, cusum, ewma
from labengines.spc.effects import effect, effects_at_sites, stepped_wedge
from labengines.spc.fingertips import fingertips_table
from labengines.spc.funnel_limits import funnel_limits
from labengines.spc.funnels import funnel
from labengines.spc.many import charts
from labengines.spc.ordering import pareto
from labengines.spc.pooling import combine
from labengines.spc.rebasing import rebase
from labengines.spc.shewhart import chart
from labengines.spc.verdicts import verdict

__all__ = [
    "Choices",
    "bernoulli_cusum",
    "chart",
    "charts",
    "combine",
    "cusum",
    "effect",
    "effects_at_sites",
    "ewma",
    "fingertips_table",
    "funnel",
    "funnel_limits",
    "pareto",
    "rebase",
    "stepped_wedge",
    "verdict",
]
