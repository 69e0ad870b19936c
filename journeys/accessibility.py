"""What every page must pass in a real browser: axe at WCAG 2.2 AA, no sideways scroll, nothing from off-host."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


def expect_accessible(page):
    """Fail with every violation that axe finds, and when the page scrolls sideways."""
    found = Axe().run(page, options=RULES).response["violations"]
    told = [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]
    assert told == []
    assert sideways(page) == 0


def sideways(page):
    """CSS pixels by which the page is wider than the window."""
    return page.evaluate(
        "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"
    )


def requests_off_host(page):
    """A list that fills with the address of every request that leaves the page's own host."""
    own, strange = [], []

    def note(request):
        host = urlsplit(request.url).netloc
        own.append(host) if not own else None
        if host and host != own[0]:
            strange.append(request.url)

    page.on("request", note)
    return strange
