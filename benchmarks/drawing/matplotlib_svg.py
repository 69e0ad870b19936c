"""Matplotlib's SVG back end."""

from io import StringIO

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from . import CENTRE, HEIGHT, LOWER, NUMBERS, OUTSIDE, TITLE, UPPER, VALUES, WIDTH


def act():
    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100)
    axes = figure.add_subplot()
    axes.plot(NUMBERS, VALUES, marker="o", color="grey")
    axes.plot(OUTSIDE, [VALUES[number - 1] for number in OUTSIDE], "o", color="tab:orange")
    axes.axhline(CENTRE, color="black")
    for limit in (LOWER, UPPER):
        axes.axhline(limit, color="grey", linestyle="--")
    axes.set_title(TITLE)
    written = StringIO()
    FigureCanvasSVG(figure).print_svg(written)
    return written.getvalue()
