"""What the gallery shows: a name, a line about it, and the result with how it is drawn."""

from dataclasses import dataclass, field
from datetime import date

from labcharts.gallery import data
from labcharts.notebook import show
from labengines.spc.cumulative import cusum, ewma
from labengines.spc.effects import effects_at_sites
from labengines.spc.funnels import funnel
from labengines.spc.ordering import pareto
from labengines.spc.shewhart import chart
from labengines.spc.verdicts import verdict


@dataclass(frozen=True)
class Example:
    """name: of its file. about: what to see. result: what is drawn. how: title, unit and so on."""

    name: str
    about: str
    result: object
    how: dict = field(default_factory=dict)

    @property
    def title(self):
        return self.how["title"]

    def shown(self, *, width, name):
        return show(self.result, width=width, name=name, **self.how)


def months(number, *, start=(2016, 4)):
    """First days of months, one after another."""
    year, month = start
    return [date(year + (month - 1 + i) // 12, (month - 1 + i) % 12 + 1, 1) for i in range(number)]


def examples():
    """All examples, in the order of the page."""
    return (*_charts(), _decision(), *_grey(), _sites(), *_funnels(), _forest(), _pareto(), *_sums())


def _in_time():
    return chart(
        data.IN_TIME,
        "p",
        denominators=data.SEEN,
        subgroups=months(36),
        multiply=100,
        baseline=24,
        target=95,
        direction="increase",
    )


def _decision():
    decided = verdict(
        data.ASH_FALLS,
        "u",
        data.ASH_BED_DAYS,
        subgroups=months(32, start=(2023, 1)),
        change=date(2024, 4, 1),
        direction="decrease",
        multiply=1000,
    )
    how = {"title": "Falls on Ash ward", "unit": "falls per 1,000 bed days"}
    return Example("decision", "The decision on a change, by a rule declared before it.", decided, how)


IN_TIME = {
    "title": "Patients seen within four hours in the emergency department",
    "unit": "%",
    "annotations": {
        5: "New triage desk",
        25: "A GP at the front door, first cycle",
        27: "Second cycle: a GP at weekends too",
    },
}


def _charts():
    days = chart(
        data.DAYS,
        "i",
        subgroups=months(36),
        preset="making-data-count",
        phases=(24,),
        target=9,
        direction="decrease",
    )
    return (
        Example(
            "p-chart", "A P chart with a frozen baseline, a target and three changes.", _in_time(), IN_TIME
        ),
        Example(
            "making-data-count",
            "The conventions of Making Data Count: icons off the data, two phases.",
            days,
            {"title": "Days from referral to first contact", "unit": "days"},
        ),
        Example(
            "run-chart",
            "A run chart: the line is dashed, since the runs show a change.",
            chart(data.FALLS, "run", subgroups=months(24)),
            {"title": "Falls on Ward 7", "unit": "falls a month"},
        ),
        Example(
            "c-chart",
            "Few points: trial limits, and one point left out of the lines.",
            chart(data.ULCERS, "c", subgroups=months(9), exclude=(3,)),
            {"title": "New pressure ulcers", "unit": "ulcers a month"},
        ),
        Example(
            "g-chart",
            "Cases between rare events, without dates.",
            chart(data.BETWEEN, "g"),
            {"title": "Operations between wound infections", "unit": "operations"},
        ),
    )


def _grey():
    how = IN_TIME | {"theme": "print"}
    return (
        Example("print", "The first chart for paper: shapes and letters need no colour.", _in_time(), how),
    )


def _sites():
    charts = {
        site: chart(
            letters,
            "p",
            denominators=sent,
            subgroups=months(24),
            multiply=100,
            baseline=12,
            target=85,
            direction="increase",
            preset="making-data-count",
        )
        for site, (letters, sent) in data.SITES.items()
    }
    how = {"title": "Discharge letters sent within 24 hours", "unit": "%"}
    return Example("small-multiples", "Six sites on one scale.", charts, how)


def _funnels():
    groups = [f"Trust {number}" for number in range(1, len(data.WENT_HOME) + 1)]
    how = {"title": "Patients readmitted within 30 days", "unit": "%", "size": "patients who went home"}
    compared = {"groups": groups, "multiplier": 100}
    plain = funnel(data.CAME_BACK, data.WENT_HOME, overdispersion=False, **compared)
    wide = funnel(data.CAME_BACK, data.WENT_HOME, overdispersion=True, **compared)
    return (
        Example("funnel", "A funnel whose limits allow for the usual differences between units.", wide, how),
        Example("funnel-chance", "The same with limits that allow for chance alone.", plain, how),
    )


def _forest():
    sites, falls, after, days = [], [], [], []
    for site, (bed_days, counts) in data.HUDDLE.items():
        sites += [site] * 24
        falls += counts
        after += [0] * 12 + [1] * 12
        days += [bed_days] * 24
    time = list(range(24)) * len(data.HUDDLE)
    result = effects_at_sites(falls, site=sites, after=after, denominators=days, time=time, kind="count")
    return Example(
        "forest",
        "The effect at five sites, together, and at the next.",
        result,
        {"title": "Falls after the safety huddle"},
    )


def _pareto():
    result = pareto(list(data.INCIDENTS), list(data.INCIDENTS.values()))
    return Example(
        "pareto", "Kinds of incident, most frequent first.", result, {"title": "Medication incidents in 2018"}
    )


def _sums():
    how = {"title": "Minutes to pain relief", "x": months(40)}
    return (
        Example(
            "ewma",
            "A moving average finds a small lasting change.",
            ewma(data.MINUTES, baseline=24),
            how | {"unit": "minutes"},
        ),
        Example(
            "cusum",
            "So do sums of what lies above and below.",
            cusum(data.MINUTES, baseline=24),
            how | {"unit": "standard deviations"},
        ),
    )
