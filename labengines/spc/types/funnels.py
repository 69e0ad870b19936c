"""Results of comparing units in a funnel: frozen, ready to be stored, drawn and put into words."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class FunnelLimits:
    """Limits at a number of denominators, in the units of the values; arrays (n,).

    l998, u998: between them lie 99.8 % of units that differ from the target by chance only.
    l95, u95: the same for 95 %.
    """

    l998: np.ndarray
    l95: np.ndarray
    u95: np.ndarray
    u998: np.ndarray

    def at(self, flag_at):
        """(lower, upper) that belong to `flag_at`: 95 or 99.8."""
        return (self.l95, self.u95) if flag_at == 95 else (self.l998, self.u998)


@dataclass(frozen=True, eq=False)
class FunnelCurve:
    """The limits over a grid of denominators (m,), ascending, for drawing."""

    denominators: np.ndarray
    limits: FunnelLimits
    adjusted_limits: FunnelLimits | None


@dataclass(frozen=True, eq=False)
class Dispersion:
    """How much more the units differ than chance explains; arrays (n,), one entry for each unit.

    transformed: value on the scale on which z is judged. centre: the target on that scale.
    z: distance from the target in standard errors. kept_z: z after the extremes were pulled in
    (or left out: NaN). trimmed: whether that happened to the unit.
    phi: mean of kept_z squared; about 1 when there is chance only. tau2: variance between units
    on the transformed scale, beyond chance; 0 if there is none or if it was not asked for.
    adjusted_z: z with tau2 allowed for.
    """

    transformed: np.ndarray
    centre: float
    z: np.ndarray
    kept_z: np.ndarray
    trimmed: np.ndarray
    phi: float
    tau2: float
    adjusted_z: np.ndarray


@dataclass(frozen=True, eq=False)
class Funnel:
    """Units compared with a target, with the limits that chance allows; arrays (n,).

    Units come in the order given; a group that was given several times is added up into one.
    kind, method, multiplier, flag_at, trim, upstream: the options that produced it.
    values, target, limits, adjusted_limits and curve are times the multiplier.
    limits: chance alone. adjusted_limits: with the variation between units that phi and tau2
    describe; None if it was not asked for or the method has none.
    adjusted: whether `flagged` was judged by adjusted_limits (tau2 above 0).
    flagged: +1 above, -1 below, 0 between the limits or without a value. A flag is a reason to look,
    not a finding: about 1 in 20 (flag_at 95) or 1 in 500 (99.8) is flagged by chance alone.
    significance: labels of the Fingertips funnels, with method "ohid" only, else ().
    notes: codes of what a reader must know: "missing", "few-units", "not-overdispersed".
    """

    kind: str
    method: str
    groups: tuple
    numerators: np.ndarray
    denominators: np.ndarray
    values: np.ndarray
    target: float
    multiplier: float
    limits: FunnelLimits
    adjusted_limits: FunnelLimits | None
    adjusted: bool
    flag_at: float
    flagged: np.ndarray
    dispersion: Dispersion
    trim: float
    curve: FunnelCurve
    significance: tuple
    upstream: bool
    notes: tuple
