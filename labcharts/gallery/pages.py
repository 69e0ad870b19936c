"""The gallery as files: name to text."""

from labcharts.gallery.counts import counts
from labcharts.gallery.pictures import examples

WIDTHS = {"": 800, "-phone": 390}
CHANGE = """# Pictures of change

Every kind of picture of change that `labcharts` draws, from invented data. Beside each stands the text that a screen
reader hears. A phone gets a layout of its own, 390 pixels wide, with the same numbers.
`python -m labcharts.gallery docs` writes this page.

What to look for: each signal is told by the shape of its mark, by a letter (H for high, L for low) and in words, never
by colour alone; lines are named where they end; the text above the plot says what the chart shows.
"""

COUNTS = """# Pictures of counts and lots

The rounds of a count and the chances in a lottery as `labcharts` draws them, from invented data. Beside each stands the
text that a screen reader hears. A phone gets a layout of its own, 390 pixels wide, with the same numbers.
`python -m labcharts.gallery docs` writes this page.

What to look for: rounds stand beside each other where the width holds them all, else below each other, however many.
Who leaves is hatched and named, and what moved in a round ends its bar in white, so that nothing is told by colour
alone. Where many options are left, a round shows the first of them and those it decides about; the last shows all.
"""


def pages():
    """{path: text} of both pages and of all their pictures."""
    return _page("spc", CHANGE, examples()) | _page("count", COUNTS, counts())


def _page(kind, opening, shown):
    files, said = {}, [opening]
    for example in shown:
        for suffix, width in WIDTHS.items():
            name = f"{example.name}{suffix}"
            drawn = example.shown(width=width, name=name)
            files[f"pictures/{kind}/{name}.svg"] = drawn.svg + "\n"
        said.append(_section(example, drawn.sentence, f"pictures/{kind}/{example.name}"))
    return {f"{kind}-gallery.md": "\n".join(said), **files}


def _section(example, sentence, at):
    return (
        f"## {example.about}\n\n![{example.title}]({at}.svg)\n\n"
        f"[The same on a phone]({at}-phone.svg)\n\n> {sentence}\n"
    )
