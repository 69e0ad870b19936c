"""How wide a picture is to be, the same question in every command that draws one."""

from argparse import ArgumentTypeError

NARROWEST, WIDEST = 320, 4000  # pixels: a small phone, a wall


def add_width(add):
    """Add the option --width. add: a parser's or group's `add_argument`."""
    add(
        "--width",
        type=_pixels,
        default=800,
        metavar="PIXELS",
        help="of the picture: 390 for a phone, 800 for a page",
    )


def _pixels(text):
    if not (text.isascii() and text.isdigit() and NARROWEST <= int(text) <= WIDEST):
        raise ArgumentTypeError(f"choose a whole number of pixels from {NARROWEST} to {WIDEST}")
    return int(text)
