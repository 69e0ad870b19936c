"""How somebody works a page: with a mouse, or with the keyboard alone."""

from playwright.sync_api import TimeoutError as TookTooLong

STOPS = 60
FOCUSED = """() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const label = element.labels?.[0];
    return {
        name: (label ?? element).textContent.trim(),
        group: element.closest("fieldset")?.querySelector("legend")?.textContent.trim() ?? null,
        type: element.type,
        html: element.outerHTML.slice(0, 200),
    };
}"""
SEEN = """() => {
    const element = document.activeElement;
    const label = element.labels?.[0];
    const face = () => [[element, null], [label, null], [label, "::before"]]
        .filter(([shown]) => shown)
        .map(([shown, part]) => {
            const style = getComputedStyle(shown, part);
            return [style.outline, style.boxShadow, style.backgroundColor].join();
        })
        .join();
    const focused = face();
    element.blur();
    const plain = face();
    element.focus({ focusVisible: true, preventScroll: true });
    const onScreen = [element, label].filter(Boolean).some((shown) => {
        const box = shown.getBoundingClientRect();
        return box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    });
    return focused !== plain && onScreen;
}"""


class Mouse:
    """Clicks what it wants, wherever it is."""

    def press(self, page, name, role="button"):
        page.get_by_role(role, name=name, exact=True).first.click()

    def fill(self, page, label, text, *, group=None):
        place = page.get_by_role("group", name=group) if group else page
        place.get_by_label(label, exact=True).fill(text)

    def tick(self, page, label):
        page.get_by_label(label, exact=True).check()

    def attach(self, page, label, file):
        _choose_file(page, page.get_by_label(label, exact=True).click, file)


class Keyboard:
    """Tab, arrows, Space, Enter and letters; every stop on the way must show that it has the focus."""

    def press(self, page, name, role="button"):
        tab_to(page, name)
        page.keyboard.press("Enter")

    def fill(self, page, label, text, *, group=None):
        tab_to(page, label, group=group)
        page.keyboard.press("Control+A")
        page.keyboard.type(text)

    def tick(self, page, label):
        tab_to(page, label)
        page.keyboard.press("Space")

    def choose(self, page, label):
        """One of several radio buttons: Tab comes to the first, the arrows to the others."""
        radio = next(found for found in _stops(page, "Tab") if found["type"] == "radio")
        page.keyboard.press("Space")
        while radio["name"] != label:
            radio = next(_stops(page, "ArrowDown"))

    def attach(self, page, label, file):
        """The window in which files are chosen is the browser's own, and takes no keys from a test."""
        tab_to(page, label)
        _choose_file(page, lambda: page.keyboard.press("Space"), file)


def _choose_file(page, ask, file):
    """Ask for the window of files until the test is told of it: a busy browser may open it before it listens."""
    for patience in (10_000, 20_000, 30_000):
        try:
            with page.expect_file_chooser(timeout=patience) as chooser:
                ask()
        except TookTooLong:
            continue
        chooser.value.set_files(file)
        return
    raise AssertionError("No window of files ever opened.")


def tab_to(page, name, *, group=None):
    """Press Tab until something of this name has the focus."""
    for found in _stops(page, "Tab"):
        if found["name"] == name and group in (None, found["group"]):
            return
    raise AssertionError(f"Tab never came to {name}")


def _stops(page, key):
    """What has the focus after each press of a key; all of it must be seen to have it."""
    page.wait_for_load_state()  # scripts dress fields anew, and would take the focus away
    for _press in range(STOPS):
        page.keyboard.press(key)
        found = page.evaluate(FOCUSED)
        if found:  # nothing: past the last link, where the browser's own buttons are
            assert page.evaluate(SEEN), found["html"]
            yield found
