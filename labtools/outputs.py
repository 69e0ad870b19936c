"""Charts as JSON, SVG, a page and plain text, all from the same results."""

from dataclasses import asdict

from labcharts.ink import clean
from labcharts.spc.multiples import small_multiples
from labcharts.spc.picture import spc_svg
from labcharts.spc.reading import note_in_words
from labcharts.spc.sentences import spc_sentence, spc_verdict
from labcharts.spc.tables import spc_table
from labcharts.spc.words import ENGLISH
from labcharts.tables import table_html
from labtools import jsons

STYLE = """
body { font: 1rem/1.5 Arial, sans-serif; color: #212b32; background: #fff; max-width: 60rem; margin: 0 auto; }
body { padding: 1rem; }
svg { max-width: 100%; height: auto; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
caption { text-align: left; font-weight: bold; padding: .5rem 0; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #768692; }
.number { text-align: right; }
.narrow { display: none; }
@media (max-width: 40rem) { .narrow { display: block; } .wide { display: none; } }
@media print { .scroll { overflow: visible; } }
"""
WIDTHS = {"wide": 800, "narrow": 358}  # a phone's 390 less the page's edges
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def as_json(charts, *, title, unit, notes):
    """JSON text. charts: {facet: Chart}; facet None for a table without facets. notes: sentences."""
    found = [_chart(facet, chart, _title(title, facet), unit) for facet, chart in charts.items()]
    return jsons.text({"title": title, "unit": unit, "notes": notes, "charts": found})


def as_svg(charts, *, title, unit, width=800, name="chart"):
    """SVG text: one chart, or small multiples with one scale for all facets.

    width: in pixels. name: makes the picture's ids its own where a page has several.
    """
    if len(charts) > 1:
        return small_multiples(charts, title=title, unit=unit, width=width, name=name)
    ((facet, chart),) = charts.items()
    return spc_svg(chart, title=_title(title, facet), unit=unit, width=width, name=name)


def as_page(charts, *, title, unit, notes):
    """An HTML page that needs nothing else: the picture, and for each facet the verdict and a table."""
    parts = [
        f'<div class="{name}">{as_svg(charts, title=title, unit=unit, width=width, name=name)}</div>'
        for name, width in WIDTHS.items()
    ]
    parts += [_part(facet, chart, title, unit) for facet, chart in charts.items()]
    said = "".join(f"<li>{clean(note)}</li>" for note in notes)
    about = f"<h2>About the data</h2>\n<ul>{said}</ul>" if said else ""
    return PAGE.format(title=clean(title), style=STYLE, body="\n".join([*parts, about]))


def as_text(charts, *, title, unit):
    """The verdict and the table of each facet, for a terminal."""
    return "\n\n".join(_text(chart, _title(title, facet), unit) for facet, chart in charts.items()) + "\n"


def _chart(facet, chart, title, unit):
    return {
        "facet": facet,
        "options": asdict(chart.options),
        "points": chart.columns() | {"phase": chart.points.phase},
        "phases": chart.summary,
        "signals": [asdict(signal) for signal in chart.signals],
        "icons": asdict(chart.icons),
        "notes": [asdict(note) | {"text": note_in_words(note, ENGLISH)} for note in chart.notes],
        "verdict": spc_verdict(chart, title=title, unit=unit),
        "description": spc_sentence(chart, title=title, unit=unit),
    }


def _part(facet, chart, title, unit):
    name = _title(title, facet)
    heading = "" if facet is None else f"<h2>{clean(facet)}</h2>\n"
    table = table_html(spc_table(chart, title=name, unit=unit), classes="data")
    label = clean(f"Table: {name}")
    return (
        f"<section>\n{heading}<p>{clean(spc_verdict(chart, title=name, unit=unit))}</p>\n"
        f'<div class="scroll" role="region" tabindex="0" aria-label="{label}">{table}</div>\n</section>'
    )


def _text(chart, title, unit):
    notes = [note_in_words(note, ENGLISH) for note in chart.notes]
    return "\n".join(
        [
            title,
            spc_verdict(chart, title=title, unit=unit),
            *notes,
            "",
            str(spc_table(chart, title=title, unit=unit)),
        ]
    )


def _title(title, facet):
    return title if facet is None else f"{title}: {facet}"
