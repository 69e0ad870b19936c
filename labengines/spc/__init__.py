"""Run charts and statistical process control: has it changed, and by how much?"""

from labengines.spc.choices import Choices
from labengines.spc.effects import effect, effects_at_sites, stepped_wedge
from labengines.spc.many import charts
from labengines.spc.pooling import combine
from labengines.spc.shewhart import chart
from labengines.spc.verdicts import verdict

__all__ = ["Choices", "chart", "charts", "combine", "effect", "effects_at_sites", "stepped_wedge", "verdict"]
