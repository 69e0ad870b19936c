"""Pictures from strangers: metadata, floods, polyglots and rubbish."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from qlabs.across.story import pictures
from qlabs.across.story.forms import WHAT_IS_WRONG
from qlabs.base.core import apart
from qlabs.base.core.apart import Unreadable
from qlabs.base.core.tests import hostile


def made(kind="PNG", mode="RGB", size=(60, 40), **options):
    content = BytesIO()
    Image.new(mode, size, "teal" if mode != "P" else 3).save(content, kind, **options)
    return content.getvalue()


def code_of(content):
    try:
        pictures.clean(BytesIO(content))
    except Unreadable as problem:
        return problem.code
    return "clean"


def with_metadata(kind):
    exif = Image.Exif()
    exif[0x010E] = "Taken at home, SECRET"
    exif[0x0112] = 6
    options = {"exif": exif, "icc_profile": b"SECRET profile"}
    if kind == "PNG":
        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_text("Comment", "SECRET")
    if kind == "JPEG":
        options["comment"] = b"SECRET"
    return made(kind, **options) + b"<script>SECRET</script>PK\x03\x04"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_kept_but_what_is_seen(kind):
    sent = with_metadata(kind)
    assert b"SECRET" in sent
    found = pictures.clean(BytesIO(sent))
    stored = Image.open(BytesIO(found.content))
    assert (found.suffix, found.width, found.height, stored.size) == ("jpg", 40, 60, (40, 60))
    assert (b"SECRET" in found.content, dict(stored.getexif()), "icc_profile" in stored.info) == (
        False,
        {},
        False,
    )


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16"])
def test_every_mode_comes_out_as_jpeg_or_when_see_through_as_png(mode):
    found = pictures.clean(BytesIO(made(mode=mode, size=(9, 9)) if mode != "P" else made(mode="P")))
    see_through = mode in ("RGBA", "LA")
    assert (found.suffix, Image.open(BytesIO(found.content)).mode) == (
        ("png", "RGBA") if see_through else ("jpg", "RGB")
    )


def test_large_pictures_become_1600_pixels_at_most():
    found = pictures.clean(BytesIO(made(size=(4000, 1000))))
    assert (found.width, found.height) == (1600, 400)


def test_a_sliver_keeps_one_pixel():
    found = pictures.clean(BytesIO(made(size=(20_000, 1))))
    assert (found.width, found.height) == (1600, 1)


@pytest.mark.parametrize(
    "size", [(6400, 6400), (20_001, 1), (10_000, 10_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)]
)
def test_pixel_floods_are_refused_before_they_are_unpacked(size):
    assert code_of(hostile.png(*size)) == "too_many_pixels"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script>",
        made("GIF", mode="P"),
        made("BMP"),
        made("TIFF"),
        made()[:60],
        made("JPEG")[:200],
        hostile.png(100, 100),
    ],
)
def test_what_is_not_a_whole_picture_is_refused(content):
    assert code_of(content) == "broken"


WHOLE = [made("JPEG"), made("PNG"), made("WEBP"), made("PNG", mode="RGBA"), with_metadata("JPEG")]


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # it warns of broken hidden data, which we drop
@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.integers(0, 3000), st.binary(min_size=1, max_size=4)), max_size=12),
    st.integers(0, 3000),
)
def test_however_it_is_broken_it_is_refused_or_clean(whole, changes, kept):
    content = bytearray(whole)
    for place, value in changes:
        start = place % len(content)
        content[start : start + len(value)] = value
    assert code_of(bytes(content[: max(kept, 8)])) in ("clean", "broken", "too_many_pixels")


READER = "qlabs.across.story.pictures:read"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_read_apart_is_the_picture_read_here(kind):
    sent = with_metadata(kind)
    assert apart.read(READER, sent) == pictures.read(sent)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("flood.png", {"too_many_pixels"}),
        ("sliver.png", {"too_many_pixels"}),
        ("wordy.png", {"broken", "too_much"}),
        ("heavy.png", {"too_long", "clean"}),
    ],
)
def test_a_hostile_picture_is_refused_or_made_small_within_its_limits(name, codes):
    limits = apart.Limits(cpu=3, patience=60)
    try:
        facts, content = apart.read(READER, hostile.PICTURES[name](), limits=limits)
    except Unreadable as problem:
        code = problem.code
    else:
        code = "clean"
        assert (facts["width"], facts["height"], len(content) < 1_000_000) == (1600, 1600, True)
    assert code in codes
    assert code in {"clean", *WHAT_IS_WRONG}
