"""The gallery that is kept is the one that the pictures make now."""

from pathlib import Path

import pytest

from labcharts.gallery.__main__ import main
from labcharts.gallery.pages import pages

PAGES = pages()
DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.mark.parametrize("name", sorted(PAGES))
def test_each_file_is_as_kept(name):
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name], "run: python -m labcharts.gallery docs"


def test_the_command_writes_all_of_them(tmp_path):
    assert main(tmp_path) == 0
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert written == set(PAGES)


def test_no_picture_is_kept_that_is_not_drawn():
    kept = {f"pictures/{path.parent.name}/{path.name}" for path in (DOCS / "pictures").glob("*/*.svg")}
    assert kept == {name for name in PAGES if name.endswith(".svg")}
