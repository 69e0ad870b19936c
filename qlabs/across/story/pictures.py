"""Pictures made anew: what is stored is only what is seen, whatever the file that was sent held besides.

`read` runs in a child, so this file knows nothing of Django.
"""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from qlabs.base.core.apart.errors import Unreadable

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 40_000_000
MOST_SIDE = 20_000
LONGEST_SIDE = 1600
BROKEN = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, EOFError, IndexError, KeyError,
    ArithmeticError, struct.error, zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


@dataclass(frozen=True)
class Clean:
    """A picture without anything but pixels: `suffix` is jpg or png."""

    content: bytes
    suffix: str
    width: int
    height: int


def read(content):
    """`clean` as a child answers it."""
    made = clean(BytesIO(content))
    return {"suffix": made.suffix, "width": made.width, "height": made.height}, made.content


def warm_up():
    """Load all that reading may need, by making one of each, since no file can be opened later."""
    exif = Image.Exif()
    exif[0x0112] = 6
    for kind in FORMATS:
        tiny = BytesIO()
        Image.new("RGB", (2, 2)).save(tiny, kind, exif=exif)
        clean(tiny)


def clean(file):
    """The picture in a file, turned upright, at most 1600 pixels a side, without metadata. Raises Unreadable."""
    try:
        image = Image.open(file, formats=FORMATS)
        if image.width * image.height > MOST_PIXELS or max(image.size) > MOST_SIDE:
            raise Unreadable("too_many_pixels")
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        return _made_anew(image)
    except Unreadable:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable("too_many_pixels") from error
    except BROKEN as error:
        raise Unreadable("broken") from error


def _made_anew(image):
    see_through = image.has_transparency_data
    wanted = "RGBA" if see_through else "RGB"
    pixels = image if image.mode == wanted else image.convert(wanted)  # one copy less of what may be large
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    pixels = ImageOps.exif_transpose(pixels)
    pixels.info = {}
    content, suffix = BytesIO(), "png" if see_through else "jpg"
    pixels.save(content, "PNG" if see_through else "JPEG", quality=85, optimize=True)
    return Clean(content.getvalue(), suffix, *pixels.size)
