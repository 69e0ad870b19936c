"""`python -m journeys.shots [NAME ...]`: pictures of every page type of the demo, at 390 and 1280 px, in var/shots/."""

import json
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import TimeoutError as NotInTime
from playwright.sync_api import sync_playwright

from conftest import CHROMIUM_FLAGS
from qlabs.across.operate.proofs.installation import scratch

FOLDER = Path(__file__).resolve().parents[1] / "var" / "shots"
WIDTHS = {390: 844, 1280: 900}
TALLEST = 6000
LETTERS = 3  # rounds of the worker, so that the mailbox of the demo is not empty


def main(wanted):
    FOLDER.mkdir(parents=True, exist_ok=True)
    with scratch() as place, sync_playwright() as driver:
        tell("Making the demo ...")
        place.qlabs("demo")
        told = place.qlabs("shell", "-c", "from journeys import shot_list; shot_list.tell()")
        listed = json.loads(told.splitlines()[-1])  # before it the shell says what it imported
        for _round in range(LETTERS):
            place.qlabs("work", "--once")
        place.serve()
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        for width, height in WIDTHS.items():
            size = {"width": width, "height": height}
            _take_all(browser, f"http://127.0.0.1:{place.port}", listed, size, wanted)
        browser.close()


def _take_all(browser, site, listed, size, wanted):
    pages = {}
    for role, name, path in listed["pages"]:
        if wanted and not any(word in name for word in wanted):
            continue
        if role not in pages:
            pages[role] = _page(browser, site, size, listed["sessions"].get(role))
        _take(pages[role], site + path, FOLDER / f"{name}-{role}-{size['width']}.png")


def _page(browser, site, size, session):
    context = browser.new_context(viewport=size)
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    return context.new_page()


def _take(page, address, file):
    status = page.goto(address).status
    with suppress(NotInTime):
        page.wait_for_load_state("networkidle", timeout=3000)
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": height}
    page.screenshot(path=file, full_page=True, clip=clip)
    tell(f"{status}  {height:5} px  {file.relative_to(FOLDER.parents[1])}")


def tell(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
