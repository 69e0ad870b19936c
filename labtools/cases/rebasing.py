"""Reference cases of medians drawn anew, from runcharter: several groups at once, told level by level."""

from itertools import zip_longest

from labengines.spc.errors import TooFewPoints
from labengines.spc.rebasing import rebase


def run_rebase_run(case):
    """`expected` of a case of the family "rebase-run"."""
    columns, options = case["input"], case["options"]
    first, run = options.get("med_rows", 13), options.get("runlength", 9)
    groups = _groups(columns)
    longest = max(map(len, groups.values()), default=0)
    if longest < first + run:
        raise TooFewPoints(points=longest, needed=first + run)
    found = {
        group: _levels(rows, first=first, run=run, direction=options.get("direction", "both"))
        for group, rows in groups.items()
        if len(rows) >= first
    }
    rounds = zip_longest(*([(group, level) for level in levels] for group, levels in found.items()))
    rows = [(at > 0, *entry) for at, round_ in enumerate(rounds) for entry in round_ if entry]
    return {"medians": _table(rows, latest=max(columns["date"]))}


def _groups(columns):
    """{group: [(date, value), ...] in order of time}, by name."""
    names = columns.get("group") or ["all"] * len(columns["y"])
    groups = {name: [] for name in sorted(set(names))}
    for name, *row in zip(names, columns["date"], columns["y"], strict=True):
        groups[name].append(tuple(row))
    return {name: sorted(rows, key=lambda row: row[0]) for name, rows in groups.items()}


def _levels(rows, **options):
    dates, values = zip(*rows, strict=True)
    return rebase(values, dates=dates, **options).levels


def _table(rows, *, latest):
    """The package's table; the last median of each group reaches to the latest date of all groups."""
    last = {group: level for _, group, level in rows}
    return {
        "group": [group for _, group, _ in rows],
        "median": [level.median for *_, level in rows],
        "start_date": [level.start_date for *_, level in rows],
        "end_date": [level.end_date for *_, level in rows],
        "extend_to": [latest if level is last[group] else level.extends_to_date for _, group, level in rows],
        "run_type": ["sustained" if later else "baseline" for later, *_ in rows],
    }
