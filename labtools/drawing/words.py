"""What the draw refuses, in words that say in which row the fault is and what to do."""

from labtools.refusals import Refused, shortened

NOT_SEATED = {
    "together": "{names} are to sit together, but no table is as large.",
    "apart": "{names} are to sit together and apart. Choose one.",
    "access": "{names} can sit at no table that there is.",
    "all": "No seating keeps all wishes at once. Leave one out, or add a table.",
    "rooms": "Tables and people: {names}. Choose at least one table, and no more than there are people.",
    "doubled": "{names} stands in the list twice. Each id must be there once.",
}


def refused(error, people_rows=(), quota_rows=()):
    """The Refused of an engine's error. people_rows, quota_rows: rows in the files of what was given."""
    name = error.code.partition(".")[2]
    return Refused(SAID[name](error.params, people_rows, quota_rows))


def changes_in_words(changes, households=None):
    """What would make a panel possible, as sentences."""
    if households is not None:
        return f"There are only {households} households, too few for a panel with one person of each."
    if not changes:
        return "Time ran out before the least change that would do was found. Give more --seconds."
    return " ".join(
        f"{'Lower the least' if change.bound == 'least' else 'Raise the largest'} number of "
        f"{shortened(change.trait)} “{shortened(change.value)}” from {change.was} to {change.becomes}."
        for change in changes
    )


def _blank_id(params, rows, _):
    return f"Row {rows[params['row'] - 1]} has no id. Give the person one, or delete the row."


def _doubled_id(params, rows, _):
    row, first = rows[params["row"] - 1], rows[params["first"] - 1]
    return f"Rows {first} and {row} both have the id “{shortened(params['id'])}”. Each person needs an id of her own."


def _missing_trait(params, *_):
    return f"The people have no column “{shortened(params['trait'])}”, which the quotas or --one-per name."


def _unknown_value(params, rows, _):
    choices = ", ".join(f"“{shortened(choice)}”" for choice in params["choices"][:12])
    says = f"“{shortened(params['value'])}”" if params["value"] else "nothing"
    return (
        f"Row {rows[params['row'] - 1]}, column “{shortened(params['trait'])}”: there stands {says}, "
        f"but the quotas have {choices}. Mend the cell, or add a quota for it."
    )


def _quota_twice(params, _, rows):
    return (
        f"Row {rows[params['row'] - 1]} of the quotas is the second for {shortened(params['trait'])} "
        f"“{shortened(params['value'])}”. Keep one."
    )


def _quota_malformed(params, _, rows):
    return (
        f"Row {rows[params['row'] - 1]} of the quotas: min {params['least']} and max {params['most']} "
        "contradict each other. The smaller number comes first."
    )


def _size_out_of_range(params, *_):
    return f"A panel of {params['size']} cannot be drawn from {params['pool']:,} people. Change --size."


def _impossible(params, *_):
    return f"No panel keeps every quota. {changes_in_words(params['changes'], params['households'])}"


def _out_of_time(*_):
    return (
        "Time ran out before a panel was found, or it was known that there is none. Give more --seconds, or leave more "
        "room between min and max of the quotas."
    )


def _list_length(params, *_):
    return f"A list of {params['length']} panels is too short to draw from. Change --length."


def _unknown_person(params, *_):
    return f"There is nobody with the id “{shortened(params['id'])}” among the {params['where']}."


def _not_seated(params, *_):
    return NOT_SEATED[params["reason"]].format(names=" and ".join(map(shortened, params["names"])))


SAID = {
    "blank_id": _blank_id,
    "doubled_id": _doubled_id,
    "missing_trait": _missing_trait,
    "unknown_value": _unknown_value,
    "quota_twice": _quota_twice,
    "quota_malformed": _quota_malformed,
    "size_out_of_range": _size_out_of_range,
    "impossible": _impossible,
    "out_of_time": _out_of_time,
    "list_length_out_of_range": _list_length,
    "unknown_person": _unknown_person,
    "not_seated": _not_seated,
}
