"""Our colours keep the contrast WCAG 2.2 AA asks for, and no other brand's colour, font or host comes in."""

import re
from pathlib import Path

import pytest

UI = Path(__file__).parents[1]
PALETTE = dict(
    re.findall(r"^\$([\w-]+): (#[0-9a-f]{6});", (UI / "theme/_palette.scss").read_text(), re.MULTILINE)
)
STAGES = ("choose", "frame", "understand", "generate", "improve", "share")
TEXT = [
    *(
        (colour, ground)
        for colour in ("text", "link", "link-hover", "link-visited", "brand-dark")
        for ground in ("page", "paper")
    ),
    *((colour, ground) for colour in ("quiet", "brand", *STAGES) for ground in ("page", "paper")),
    ("paper", "brand"),
    ("paper", "brand-dark"),
    ("paper", "link"),
    *(("paper", stage) for stage in STAGES),
    ("text", "focus"),
]
LINES = [("edge", "page"), ("edge", "paper"), ("focus", "brand")]


def luminance(colour):
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(PALETTE[one]), luminance(PALETTE[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_of_black_and_white_is_21(monkeypatch):
    monkeypatch.setitem(PALETTE, "black", "#000000")
    assert round(contrast("black", "paper"), 6) == 21


@pytest.mark.parametrize(("colour", "ground"), TEXT)
def test_words_stand_out_from_their_ground(colour, ground):
    assert contrast(colour, ground) >= 4.5


@pytest.mark.parametrize(("colour", "ground"), LINES)
def test_lines_and_focus_stand_out_from_their_ground(colour, ground):
    assert contrast(colour, ground) >= 3


def test_the_stage_accents_differ():
    assert len({PALETTE[stage] for stage in STAGES}) == 6


@pytest.mark.parametrize(
    "foreign", ["nhs.uk", "frutiger", "#005eb8", "#003087", "http://", "https://", "@import"]
)
def test_the_stylesheet_is_neutral_and_stands_alone(foreign):
    assert foreign not in (UI / "static/ui/labs.css").read_text().lower()


def test_every_picture_the_stylesheet_names_is_there():
    css = UI / "static/ui/labs.css"
    named = set(re.findall(r"url\(\"?([^)\"]+)\"?\)", css.read_text()))
    assert named
    assert {name for name in named if not (css.parent / name).is_file()} == set()


def test_scripts_carry_no_source_map():
    scripts = list((UI / "static/ui").rglob("*.js"))
    assert {path.name for path in scripts} >= {"init.js", "start.js", "tidy.js", "htmx.min.js"}
    assert [path.name for path in scripts if "sourceMappingURL" in path.read_text()] == []
