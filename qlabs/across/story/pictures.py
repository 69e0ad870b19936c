"""Pictures made anew: what is stored is only what is seen, whatever the file that was sent held besides."""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
BROKEN = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, EOFError, IndexError, KeyError,
    ArithmeticError, struct.error, zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


class Unusable(Exception):
    """The file is no picture that can be shown; `code` is "broken" or "too_many_pixels"."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Clean:
    """A picture without anything but pixels: `suffix` is jpg or png."""

    content: bytes
    suffix: str
    width: int
    height: int


def clean(file):
    """The picture in a file, turned upright, at most 1600 pixels a side, without metadata. Raises Unusable."""
    try:
        image = Image.open(file, formats=FORMATS)
        if image.width * image.height > MOST_PIXELS:
            raise Unusable("too_many_pixels")
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        return _made_anew(image)
    except Unusable:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unusable("too_many_pixels") from error
    except BROKEN as error:
        raise Unusable("broken") from error


def _made_anew(image):
    upright = ImageOps.exif_transpose(image)
    see_through = upright.has_transparency_data
    pixels = upright.convert("RGBA" if see_through else "RGB")
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    pixels.info = {}
    content, suffix = BytesIO(), "png" if see_through else "jpg"
    pixels.save(content, "PNG" if see_through else "JPEG", quality=85, optimize=True)
    return Clean(content.getvalue(), suffix, *pixels.size)
