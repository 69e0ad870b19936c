"""The page in a real browser: accessible, one picture at each width, nothing asked for elsewhere."""

import pytest

from journeys.accessibility import expect_accessible
from labtools.cli import main

TABLE = "\n".join(
    ["month,site,falls", *(f"2024-{n:02},{site},{n * 7 % 5}" for n in range(1, 13) for site in "AB")]
)


@pytest.mark.page
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("facet", [["--facet", "site"], []])
def test_the_page_is_accessible_and_shows_one_picture(page, tmp_path, width, facet):
    path, out = tmp_path / "falls.csv", tmp_path / "falls.html"
    path.write_text(TABLE)
    assert (
        main(
            [
                "spc",
                str(path),
                "--kind",
                "i",
                "--value",
                "falls",
                "--date",
                "month",
                *facet,
                "--html",
                str(out),
            ]
        )
        == 0
    )
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(out.as_uri())
    expect_accessible(page)
    assert page.locator("svg[role=img]:visible").count() == 1
    assert page.get_by_role("table").count() == (2 if facet else 1)
    assert asked == [out.as_uri()]
