"""Charts: the engine beside a plain loop, and the drawing beside two chart libraries, each in a process of its own."""

from .alone import alone
from .series import LONGEST, NUMBER, ONE_BY_ONE, SHORTEST
from .table import Table

RECKONERS = {
    "labengines.spc.charts, all at once": ("series.all_at_once", 1),
    "plain NumPy loop": ("series.plain_loop", 1),
    f"labengines.spc.chart, one by one ({ONE_BY_ONE} scaled)": ("series.one_by_one", NUMBER / ONE_BY_ONE),
}
DRAWERS = {
    "labcharts": "drawing.ours",
    "Matplotlib, SVG": "drawing.matplotlib_svg",
    "Altair with vl-convert": "drawing.vega_altair",
}
ABSENT = "not installed"


def tables():
    yield reckoning()
    yield drawing()


def reckoning():
    table = Table(
        f"I chart and runs rules of {NUMBER:,} series of {SHORTEST} to {LONGEST} points",
        ("by", "CPU s", "of ours", "peak MB", "runs signal", "outside limits"),
    )
    found = {name: (alone(module), scale) for name, (module, scale) in RECKONERS.items()}
    ours = next(iter(found.values()))[0]
    for name, (cost, scale) in found.items():
        seconds = cost["cpu_ms"] * scale / 1000
        said = cost["found"] if scale == 1 else (None, None)
        table.add(name, seconds, ratio(seconds * 1000, ours), cost["peak_mb"], *said)
    table.notes.append(
        "Memory is that of the whole process with Python, NumPy and SciPy. For scale, measured elsewhere (R 4.2.2, two "
        "shared cores): the R package qicharts2 0.8.1 took 438 s and 553 MB."
    )
    table.summary = f"{NUMBER:,} I charts with runs rules: {table.rows[0][1]} s CPU, {table.rows[0][3]} MB"
    return table


def drawing():
    table = Table(
        "One I chart of 36 points to SVG", ("by", "CPU ms", "of ours", "first, CPU ms", "peak MB", "kB")
    )
    found = {name: alone(module) for name, module in DRAWERS.items()}
    ours = found["labcharts"]
    for name, cost in found.items():
        if cost is None:
            table.add(name, ABSENT, None, None, None, None)
        else:
            size = len(cost["found"].encode()) / 1000
            table.add(
                name, cost["cpu_ms"], ratio(cost["cpu_ms"], ours), cost["first_ms"], cost["peak_mb"], size
            )
    table.notes.append("The first picture counts the imports.")
    table.summary = f"one chart to SVG: {table.rows[0][1]} ms CPU"
    return table


def ratio(milliseconds, ours):
    return f"{milliseconds / ours['cpu_ms']:,.1f}x"
