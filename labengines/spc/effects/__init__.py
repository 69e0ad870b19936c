"""The size of an effect: at one site, at several, and where sites began at different times."""

from labengines.spc.effects.sites import effects_at_sites
from labengines.spc.effects.step import effect
from labengines.spc.effects.wedge import stepped_wedge

__all__ = ["effect", "effects_at_sites", "stepped_wedge"]
