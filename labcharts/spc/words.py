"""Every word beside a chart, in English; a page passes its own for another language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def _fixed(**words):
    return field(default_factory=lambda: MappingProxyType(words))


def _points(number):
    return "1 point" if number == 1 else f"{number:,} points"


def _units(number):
    return "1 unit" if number == 1 else f"{number:,} units"


def _sites(number):
    return "1 site" if number == 1 else f"{number:,} sites"


def _categories(number):
    return "1 category" if number == 1 else f"{number:,} categories"


def _caution(verdict):
    return verdict.caution


@dataclass(frozen=True)
class Words:
    """Names in {} are filled in; `points` is a function of the number, for its plurals.

    kinds, centres, rules, variation, assurance and notes are looked up by the codes of the results.
    """

    months: tuple = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    time: str = "{day} {month} {year}, {clock}"
    day: str = "{day} {month} {year}"
    month: str = "{month} {year}"
    year: str = "{year}"
    points: Callable = _points
    kinds: Mapping = _fixed(
        **{"xbar-r": "X-bar chart"},
        run="Run chart",
        i="I chart",
        mr="Moving range chart",
        ms="Moving S chart",
        ip="I prime chart",
        xbar="X-bar chart",
        s="S chart",
        r="R chart",
        t="T chart",
        p="P chart",
        pp="P prime chart",
        np="NP chart",
        c="C chart",
        u="U chart",
        up="U prime chart",
        g="G chart",
    )
    mean: str = "Mean"
    median: str = "Median"
    given_centre: str = "Centre line"
    upper: str = "Upper limit"
    lower: str = "Lower limit"
    target: str = "Target"
    dashed_line: str = "dashed line: the runs show a change"
    phase_mark: str = "Phase {number}"
    phase_named: str = "Phase {number}: {centre} {value}"
    baseline: str = "Baseline"
    high_letter: str = "H"
    low_letter: str = "L"
    hits_letter: str = "P"
    misses_letter: str = "F"
    kinds_of_point: Mapping = _fixed(
        common="no signal",
        improvement="signal: improvement",
        concern="signal: concern",
        high="signal: high",
        low="signal: low",
        excluded="left out of the lines",
    )
    subject: str = "{kind} of {title}, {points}, {first} to {last}."
    subject_of_one: str = "{kind} of {title}, {points}, {first}."
    subject_of_none: str = "{kind} of {title}, no points."
    lines: str = "{centre} {value}."
    lines_between: str = "{centre} {value}, limits {lower} to {upper}."
    lines_vary: str = "{centre} {value}, limits {lower} to {upper} at the last point."
    latest_phase: str = "In the latest phase:"
    nothing: str = "There is too little data to judge."
    steady: str = "No signal: the points vary as those of a steady process do."
    longest: str = (
        "The runs show a change: {longest} points in a row on one side of the line (up to {most} by chance)."
    )
    crossings: str = (
        "The runs show a change: the line is crossed {crossings} times (at least {least} by chance)."
    )
    longest_and_crossings: str = (
        "The runs show a change: {longest} points in a row on one side of the line (up to {most} by chance), "
        "and the line is crossed {crossings} times (at least {least} by chance)."
    )
    few_runs: str = "There are too few runs about the line: {runs}, where chance makes {low} to {high}."
    many_runs: str = "There are too many runs about the line: {runs}, where chance makes {low} to {high}."
    cell: str = "{centre} {value}"
    runs_changed: str = "runs show a change"
    several: str = "{title}: {number} charts. {list}"
    cell_said: str = "{title}: {said}"
    one_signals: str = "1 point signals."
    some_signal: str = "{points} signal."
    listed: str = "{points} with a signal: {list}."
    listed_point: str = "{period} {value} ({rule})"
    more: str = "and {number} more"
    earlier: str = "and {number} earlier"
    pointer: str = "Data table below."
    variation: Mapping = _fixed(
        common_cause="The latest point shows common cause variation: no significant change.",
        improvement_high="The latest point is a signal of improvement, with (H)igher values.",
        improvement_low="The latest point is a signal of improvement, with (L)ower values.",
        concern_high="The latest point is a signal of concern, with (H)igher values.",
        concern_low="The latest point is a signal of concern, with (L)ower values.",
        neutral_high="The latest point is a signal of change, with (H)igher values.",
        neutral_low="The latest point is a signal of change, with (L)ower values.",
    )
    assurance: Mapping = _fixed(
        **{
            "pass": "The process can be expected to pass the target of {target}.",
            "fail": "The process can be expected to fail the target of {target}.",
            "inconsistent": "The process will hit and miss the target of {target} by chance.",
        }
    )
    rules: Mapping = _fixed(
        **{
            "outside-high": "above the upper limit",
            "outside-low": "below the lower limit",
            "trend-high": "in a rising trend",
            "trend-low": "in a falling trend",
            "shift-high": "in a run above the line",
            "shift-low": "in a run below the line",
            "two-in-three-high": "two of three near the upper limit",
            "two-in-three-low": "two of three near the lower limit",
            "we-1": "beyond 3 sigma (Western Electric 1)",
            "we-2": "2 of 3 beyond 2 sigma (Western Electric 2)",
            "we-3": "4 of 5 beyond 1 sigma (Western Electric 3)",
            "we-4": "8 on one side (Western Electric 4)",
            "nelson-1": "beyond 3 sigma (Nelson 1)",
            "nelson-2": "9 on one side (Nelson 2)",
            "nelson-3": "6 rising or falling (Nelson 3)",
            "nelson-4": "14 alternating (Nelson 4)",
            "nelson-5": "2 of 3 beyond 2 sigma (Nelson 5)",
            "nelson-6": "4 of 5 beyond 1 sigma (Nelson 6)",
            "nelson-7": "15 within 1 sigma (Nelson 7)",
            "nelson-8": "8 beyond 1 sigma on both sides (Nelson 8)",
        }
    )
    change: str = "Change"
    decided: Mapping = _fixed(
        **{
            "improved": "Improved: {points} in a row, {first} to {last}, lie on the better side of the line.",
            "worse": "Worse: {points} in a row, {first} to {last}, lie on the worse side of the line.",
            "no evidence of change": "No evidence of change: no {run} points in a row lie on one side of the line.",
            "too early": "Too early to say: {points} after the change, where {needed} are needed.",
            "baseline unstable": "Nothing can be decided: the baseline was not steady ({why}).",
        }
    )
    decided_by_runs: Mapping = _fixed(
        improved="Improved: the runs after the change signal, most points on the better side of the line.",
        worse="Worse: the runs after the change signal, most points on the worse side of the line.",
    )
    both_ways: str = "There was such a run on the other side too; the later one decided."
    unsteady_points: str = "beyond a limit: {list}"
    unsteady_runs: str = "its runs signal"
    size: str = "Size: {measure} {effect}."
    caution: Callable = _caution
    above_limit: str = "above the {level}% limit"
    below_limit: str = "below the {level}% limit"
    within_limits: str = "within the limits"
    benchmark: str = "Benchmark"
    benchmark_at: str = "Benchmark {value}"
    limit_of: str = "{level}%"
    funnel: str = "Funnel plot of {title}, {units} compared with {benchmark}."
    units: Callable = _units
    categories: Callable = _categories
    none_flagged: str = "None is flagged: all lie within the {level}% limits."
    some_flagged: str = (
        "{units} outside the {level}% limits: {list}. Such a flag is a reason to look, not a finding."
    )
    listed_unit: str = "{unit}: {value} ({side})"
    allowed: str = "The limits allow for chance alone."
    allowed_more: str = "The limits allow for chance and for the usual differences between units."
    forest: str = "Effect on {title} at {units}."
    sites: Callable = _sites
    combined: str = "All sites"
    combined_said: str = "All sites together: {measure} {effect}."
    not_combined: str = "There are too few sites to combine."
    from_to: str = "{low} to {high}"
    reasons: Mapping = _fixed(no_events="no events")
    next_site: str = "Next site"
    next_site_said: str = "At the next site expect {low} to {high}."
    differences: str = "{share}% of the spread is between sites."
    interval: str = "{estimate} ({low} to {high})"
    left_out_sites: str = "Left out: {sites}."
    measures: Mapping = _fixed(continuous="Step at the change", count="Rate ratio", proportion="Odds ratio")
    pareto: str = "Pareto chart of {title}, {total} in {units}."
    pareto_most: str = "{number} of {units} make up {share}: {list}."
    pareto_key_bar: str = "share of all"
    pareto_key_line: str = "share so far"
    no_category: str = "not given"
    bar_label: str = "{count} ({share})"
    ewma: str = "EWMA chart"
    cusum: str = "CUSUM chart"
    bernoulli_cusum: str = "Bernoulli CUSUM chart"
    smoothed: str = "Moving average"
    above: str = "Sum above"
    below: str = "Sum below"
    single_values: str = "single values"
    above_upper: str = "above the upper limit"
    below_lower: str = "below the lower limit"
    sums: str = "{kind} of {title}, {points}, {first} to {last}."
    no_sum_signals: str = "No signal: nothing lies beyond a limit."
    sum_signals: str = "{points} beyond a limit, the first at {first}."
    left_out: str = "left out of the lines"
    missing: str = "no data"
    no_signal: str = "none"
    join: str = ", "
    in_phase: str = "Phase {phase}: {note}"
    notes: Mapping = _fixed(
        trial_limits="Trial limits: they rest on only {points} points and will still move.",
        few_points_for_runs="With {points} points off the line there are few to judge runs by.",
        no_variation="The points do not vary, so there are no limits.",
        screening_given_up="Leaving out large moving ranges left none, so all of them count.",
        **{
            "missing": "Units without a value are not shown.",
            "few-units": "There are few units, so the limits are uncertain.",
            "not-overdispersed": "The units differ no more than chance explains.",
        },
        few_sites="With {sites} sites, differences between sites can hardly be estimated.",
        sites_left_out="Sites left out: {sites}.",
        narrower_than_sites_allow="The interval is narrower than differences between sites allow.",
        rebase_moved="New lines were asked for from {asked}; the next point after it begins them.",
    )
    headings: Mapping = _fixed(
        period="Period",
        numerator="Numerator",
        denominator="Denominator",
        value="Value",
        centre="Centre line",
        lower="Lower limit",
        upper="Upper limit",
        phase="Phase",
        signal="Signal",
        annotation="Note",
        unit="Unit",
        flag="Flag",
        significance="Significance",
        site="Site",
        effect="Effect",
        weight="Weight",
        category="Category",
        count="Count",
        share="Share",
        cumulative="So far",
        smoothed="Moving average",
        above="Sum above",
        below="Sum below",
    )


ENGLISH = Words()
