"""Contestants that draw the same I chart as SVG: points, line, centre, limits, those outside marked, a title."""

TITLE = "Falls per 1,000 bed days"
VALUES = (
    5.2, 4.1, 6.3, 5.8, 4.9, 5.5, 6.1, 4.4, 5.0, 5.9, 6.6, 4.7, 5.3, 5.1, 4.6, 6.0, 5.7, 4.8,
    5.4, 8.2, 5.6, 4.5, 5.0, 5.8, 4.3, 3.9, 4.6, 3.7, 4.2, 3.5, 4.4, 3.8, 4.0, 3.6, 4.1, 3.4,
)  # fmt: skip
NUMBERS = tuple(range(1, len(VALUES) + 1))
CENTRE, LOWER, UPPER = 4.9444, 2.5128, 7.3761
OUTSIDE = tuple(number for number, value in zip(NUMBERS, VALUES, strict=True) if not LOWER <= value <= UPPER)
WIDTH, HEIGHT = 800, 400
