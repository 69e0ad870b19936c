"""What the columns of several case families have in common: facets, dates, selection of rows."""

from datetime import date


def periods(column, x_type):
    """The x of each row as the engine takes it: numbers, dates, or texts as they are."""
    return [_day(x) for x in column] if x_type == "date" else list(column)


def groups(rows, *columns):
    """{(facet, ...): numbers (from 0) of its rows}, facets in alphabetical or numerical order.

    Columns that a case does not have (None) stand for one facet that holds every row.
    """
    found = {}
    for row in range(rows):
        found.setdefault(tuple(column[row] if column else None for column in columns), []).append(row)
    return {key: found[key] for key in sorted(found, key=_order)}


def of_rows(column, rows):
    """The entries of a column that belong to these rows; None stays None."""
    return None if column is None else [column[row] for row in rows]


def listed(option):
    """An option as a list: R writes a vector of one as a plain number, and none not at all."""
    if option is None:
        return []
    return option if isinstance(option, list) else [option]


def joined(parts):
    """One {name: list} from several with the same names, end to end."""
    return {name: [value for part in parts for value in part[name]] for name in parts[0]}


def _day(text):
    return None if text is None else date.fromisoformat(text)


def _order(key):
    return [(isinstance(part, str), part is None, "" if part is None else part) for part in key]
