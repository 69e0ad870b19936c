"""What the chart methods refuse, each with a code that a page or a command turns into words."""

from labengines.errors import EngineError


class NotANumber(EngineError):
    """A value that is not a number. params: field, row (from 1), value."""

    code = "spc.not_a_number"


class OutOfRange(EngineError):
    """A number that the method has no meaning for. params: field, row (from 1), value, allowed."""

    code = "spc.out_of_range"


class DifferentLengths(EngineError):
    """Columns that do not belong together. params: field, length, expected."""

    code = "spc.different_lengths"


class TooFewPoints(EngineError):
    """Less data than the method needs. params: points, needed."""

    code = "spc.too_few_points"


class MissingColumn(EngineError):
    """A kind of chart without a column that it needs. params: field, kind."""

    code = "spc.missing_column"


class Unknown(EngineError):
    """A name that is not one of the choices. params: field, value, choices."""

    code = "spc.unknown"


class Repeated(EngineError):
    """The same period twice where each may stand once. params: field, value."""

    code = "spc.repeated"


class NotDetermined(EngineError):
    """Data that leave the answer open (no variation, columns that repeat each other). params: field."""

    code = "spc.not_determined"


class UpstreamFails(EngineError):
    """The named package stops with an error on this input; only when reproducing it. params: package, reason."""

    code = "spc.upstream_fails"
