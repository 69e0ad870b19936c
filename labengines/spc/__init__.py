"""Run charts and statistical process control: has it changed, and by how much?"""

from labengines.spc.choices import Choices
from labengines.spc.many import charts
from labengines.spc.shewhart import chart

__all__ = ["Choices", "chart", "charts"]
