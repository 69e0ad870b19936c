"""Marks of points: each kind has a shape of its own, so that none is told by its colour alone."""

from labcharts.ink import write
from labengines.spc.types.charts import COMMON, CONCERN, HIGH, IMPROVEMENT, LOW

KINDS = {COMMON: "common", IMPROVEMENT: "improvement", CONCERN: "concern", HIGH: "high", LOW: "low"}
EXCLUDED = "excluded"
_SHAPES = {
    "improvement": "M0 -1.35L1.35 0L0 1.35L-1.35 0Z",
    "concern": "M-1 -1H1V1H-1Z",
    "high": "M0 -1.3L1.25 1H-1.25Z",
    "low": "M0 1.3L1.25 -1H-1.25Z",
    EXCLUDED: "M-.8 -.8L.8 .8M-.8 .8L.8 -.8",
}


def mark(kind, x, y, radius, theme):
    """The mark of a point: circle, diamond, square, triangle up or down, or a cross for one left out."""
    if kind == "common":
        return (
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius * 0.8:.2f}" '
            f'fill="{getattr(theme, kind)}" stroke="{theme.muted}"/>'
        )
    fill = getattr(theme, kind, "none")
    return (
        f'<path transform="translate({x:.2f} {y:.2f}) scale({radius:.2f})" d="{_SHAPES[kind]}" '
        f'fill="{fill}" stroke="{theme.ink}" stroke-width="{1.3 / radius:.3f}"/>'
    )


def letter(side, x, y, radius, *, words, theme):
    """H above a high point, L below a low one."""
    height = y - radius - 4.5 if side > 0 else y + radius + 13
    said = words.high_letter if side > 0 else words.low_letter
    return write(x, height, said, anchor="middle", bold=True, halo=theme.paper)
