"""`labtools spc`: read a table, draw its charts, write what was asked for."""

import sys
from contextlib import nullcontext

import numpy as np

from labengines.errors import EngineError
from labengines.spc import chart
from labengines.spc.choices import DEVIATIONS
from labengines.spc.kinds import KINDS
from labtools import cases, jsons, outputs, paths, words
from labtools.reading import encodings, tables
from labtools.refusals import Refused
from labtools.sheets import sheets

PASSED_ON = (
    "preset",
    "exclude",
    "rebase",
    "target",
    "direction",
    "screening",
    "rules",
    "centre",
    "multiply",
    "floor",
    "aggregate",
)


def run(asked):
    """Do what the parsed options ask for; Refused where it cannot be done."""
    if asked.case is not None:
        paths.write(asked.json or "-", jsons.text(paths.answer(asked.case, cases.run)))
        return
    _expect_complete(asked)
    text, notes = encodings.decode(paths.content(asked.table))
    columns = {name: getattr(asked, name) for name in ("value", "denominator", "date", "facet", "phase")}
    table = tables.read(text, [name for name in columns.values() if name is not None])
    found, said = sheets(table, **columns)
    charts = {sheet.facet: _chart(sheet, asked) for sheet in found}
    _hand_over(charts, asked, notes + said + _joined(found, charts, asked))


def _expect_complete(asked):
    missing = [f"--{name}" for name in ("kind", "value") if getattr(asked, name) is None]
    missing = ["data.csv"] * (asked.table is None) + missing
    if missing:
        raise Refused(f"Still needed: {', '.join(missing)}. `labtools spc --help` shows examples.")
    for column, option in words.NEEDED.items():
        if column in KINDS[asked.kind].needs and getattr(asked, option.removeprefix("--")) is None:
            raise Refused(f"A chart of kind {asked.kind} needs one more column. Name it with {option}.")
    if asked.rebase and asked.date is None:
        raise Refused("--rebase needs dates. Name their column with --date.")


def _chart(sheet, asked):
    labels = sheet.labels if len(sheet.values) > 1 else None
    quiet = np.errstate(all="ignore") if asked.upstream else nullcontext()  # R reckons on with infinities
    try:
        with quiet:
            return chart(
                sheet.values,
                asked.kind,
                denominators=sheet.denominators,
                subgroups=sheet.subgroups,
                phases=labels,
                baseline=asked.freeze,
                deviations=() if asked.upstream else tuple(DEVIATIONS),
                **{name: getattr(asked, name) for name in PASSED_ON},
            )
    except EngineError as refusal:
        raise words.refused(refusal, sheet) from None


def _joined(found, charts, asked):
    """A note where several rows became one point, which may not have been meant."""
    rows = sum(sum(x is not None for x in sheet.subgroups or ()) for sheet in found)
    points = sum(len(chart) for chart in charts.values())
    if not rows or rows == points or "subgroups" in KINDS[asked.kind].needs:
        return []
    return [f"Column “{asked.date}”: {rows} rows became {points} points, since some share a period."]


def _hand_over(charts, asked, notes):
    title = asked.title or asked.value
    for note in notes:
        sys.stderr.write(f"labtools: note: {note}\n")
    shown = {"title": title, "unit": asked.unit}
    if asked.json:
        paths.write(asked.json, outputs.as_json(charts, notes=notes, **shown))
    if asked.svg:
        paths.write(asked.svg, outputs.as_svg(charts, width=asked.width, **shown))
    if asked.html:
        paths.write(asked.html, outputs.as_page(charts, notes=notes, **shown))
    if not (asked.json or asked.svg or asked.html):
        paths.write("-", outputs.as_text(charts, **shown))
