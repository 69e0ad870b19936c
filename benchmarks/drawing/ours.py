"""labcharts: beside what the others draw, a verdict in words, a key, labels at the lines and a description."""

from labcharts.spc.picture import spc_svg
from labengines.spc import chart

from . import TITLE, VALUES, WIDTH

CHART = chart(VALUES, "i")


def act():
    return spc_svg(CHART, title=TITLE, width=WIDTH)
