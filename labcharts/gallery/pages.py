"""The gallery as files: name to text."""

from labcharts.gallery.pictures import examples
from labcharts.notebook import show

WIDTHS = {"": 800, "-phone": 390}
OPENING = """# Pictures of change

Every kind of picture that `labcharts` draws, from invented data. Beside each stands the text that a screen reader
hears. A phone gets a layout of its own, 390 pixels wide, with the same numbers. `python -m labcharts.gallery docs`
writes this page.

What to look for: each signal is told by the shape of its mark, by a letter (H for high, L for low) and in words, never
by colour alone; lines are named where they end; the text above the plot says what the chart shows.
"""


def pages():
    """{path: text} of the page and of all its pictures."""
    files, said = {}, [OPENING]
    for example in examples():
        for suffix, width in WIDTHS.items():
            name = f"{example.name}{suffix}"
            shown = show(example.result, width=width, name=name, **example.how)
            files[f"pictures/spc/{name}.svg"] = shown.svg + "\n"
        said.append(_section(example, shown.sentence))
    return {"spc-gallery.md": "\n".join(said), **files}


def _section(example, sentence):
    at = f"pictures/spc/{example.name}"
    return (
        f"## {example.about}\n\n![{example.how['title']}]({at}.svg)\n\n"
        f"[The same on a phone]({at}-phone.svg)\n\n> {sentence}\n"
    )
