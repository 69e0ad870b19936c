"""Refusals of the engines in words, with the file's own rows and columns."""

from labtools.reading.dates import written
from labtools.refusals import Refused, cell, shortened

OPTIONS = {
    "baseline": "--freeze",
    "exclude": "--exclude",
    "phases": "--phase",
    "rebase": "--rebase",
    "target": "--target",
    "centre": "--centre",
    "multiply": "--multiply",
    "rules": "--rules",
}
NEEDED = {"denominators": "--denominator", "subgroups": "--date"}


def refused(error, sheet):
    """A Refused that says what an EngineError means. sheet: the Sheet that the engine was given."""
    params = error.params
    words = {
        "spc.not_a_number": _not_a_number,
        "spc.out_of_range": _out_of_range,
        "spc.too_few_points": _too_few_points,
        "spc.missing_column": _missing_column,
        "spc.unknown": _unknown,
        "spc.repeated": _repeated,
    }
    said = words.get(error.code)
    return said(params, sheet) if said else Refused(f"The chart cannot be drawn: {error}.")


def _not_a_number(params, sheet):
    name = OPTIONS.get(params["field"])
    if name:
        return Refused(
            f"{name}: “{shown(params['value'])}” does not fit the column “{sheet.names['subgroups']}”."
        )
    column = sheet.names.get(params["field"], params["field"])
    return cell(
        sheet.row(params), column, shown(params["value"]), "is unlike the other cells. Write all alike."
    )


def _out_of_range(params, sheet):
    value, allowed = shown(params["value"]), params["allowed"]
    if params["field"] in OPTIONS:
        return Refused(f"{OPTIONS[params['field']]} is {value}, but must be {allowed}.")
    row, column = sheet.rows[params["row"] - 1], sheet.names[params["field"]]
    return Refused(f"Row {row}, column “{column}”: {value} cannot be used here; it must be {allowed}.")


def _too_few_points(params, sheet):
    return Refused(f"There are {params['points']} points, but the chart needs at least {params['needed']}.")


def _missing_column(params, sheet):
    name = NEEDED[params["field"]]
    return Refused(f"A chart of kind {params['kind']} needs one more column. Name it with {name}.")


def _unknown(params, sheet):
    name = OPTIONS.get(params["field"], f"--{params['field']}")
    return Refused(f"{name}: “{shortened(params['value'])}” is not one of {', '.join(params['choices'])}.")


def _repeated(params, sheet):
    return Refused(
        f"Column “{sheet.names['subgroups']}”: {shown(params['value'])} stands in more than one row, "
        "but this preset takes one row for each period. If the rows belong to several sites, name their column "
        "with --facet."
    )


def shown(value):
    """A value of an engine as people write it."""
    if isinstance(value, float):
        return f"{value:g}"
    return written(value) if hasattr(value, "strftime") else shortened(value)
