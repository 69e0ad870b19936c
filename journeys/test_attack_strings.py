"""145 attack strings in the texts that others see, opened in a real browser: they are text, and nothing else."""

import pytest

from journeys.attacked_pages import planted
from journeys.attacks import STRINGS, Pen, fields_that_people_write
from qlabs.base.people.tests.factories import PersonFactory

ROUNDS, FEWEST = 2, 4
IN_MARKDOWN = {
    "lab.Lab.purpose", "themes.Theme.summary", "themes.Theme.why_now", "themes.Theme.who_is_affected",
    "themes.Comment.text", "ballots.Ballot.what_next", "ballots.Option.summary", "story.Entry.text",
}  # fmt: skip
NOT_SHOWN_AS_WRITTEN = IN_MARKDOWN | {
    "ballots.Correction.reason", "ballots.CorrectionAsked.reason", "people.Import.filename", "people.Import.rows",
    "people.Import.refused",
    "people.Import.ignored", "people.Import.sheet",
}  # fmt: skip
LOOK = """() => {
  const strange = [], words = [document.body.textContent];
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName;
    for (const attribute of element.getAttributeNames()) {
      const value = element.getAttribute(attribute);
      if (['value', 'alt', 'title', 'aria-label', 'data-words'].includes(attribute)) words.push(value);
      if (/^on|^hx-on|^hx-vals|^srcdoc$|^style$/.test(attribute)) strange.push(`${name} ${attribute}`);
      if (/^\\s*(javascript|vbscript|data):/i.test(value) && /href|src|action|data|poster/.test(attribute))
        strange.push(`${name} ${attribute}=${value}`);
    }
    const runs = name === 'script' && element.type !== 'application/json';
    if (runs && !(element.src || '').startsWith(location.origin + '/static/')) strange.push('script');
    if (/^(iframe|object|embed|base|applet|frame|frameset|math|style|marquee|video|audio|dialog)$/.test(name))
      strange.push(name);
  }
  return [strange, words.join(' ').replace(/\\s+/g, ' ')];
}"""


class Watch:
    """Whatever a page does that text cannot do."""

    def __init__(self, page):
        self.found = []
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.found.append(f"error {error}"))
        page.on("console", lambda said: self.found.append(said.text) if said.type == "error" else None)

    def _dialog(self, dialog):
        self.found.append(f"dialog {dialog.message}")
        dialog.dismiss()


@pytest.mark.page
@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.django_db(transaction=True)
def test_attack_strings_are_shown_as_text_and_do_nothing(clock, town, settings, tmp_path):
    settings.MEDIA_ROOT, settings.SECOND_FACTOR_REQUIRED = tmp_path, False
    reader, pen = PersonFactory(operator=True, member=True), Pen()
    page = town.open(reader)
    watch, found, seen = Watch(page), {}, set()
    for number in range(ROUNDS):
        shown = ""
        for address in planted(pen, reader, number):
            strange, words = _looked_at(page, town.site + address)
            shown += words
            if strange or watch.found:
                found[address], watch.found = strange + watch.found, []
        seen |= _seen_as_written(pen, shown)
    assert found == {}
    assert set(fields_that_people_write()) == set(pen.held)
    assert set(pen.held) - seen <= NOT_SHOWN_AS_WRITTEN
    assert [name for name in IN_MARKDOWN if len(pen.held[name]) < len(STRINGS)] == []
    assert min(map(len, pen.held.values())) >= FEWEST


def _looked_at(page, address):
    """(what no text can be, all the words) on a page; on the page of a vote, after the choice too."""
    page.goto(address)
    strange, words = page.evaluate(LOOK)
    if page.locator("#vote-form[data-script=on]").count():
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Continue").click()
        more, others = page.evaluate(LOOK)
        strange, words = strange + more, words + others
    return strange, words


def _seen_as_written(pen, shown):
    """The fields of which some text stood there as it was written."""
    planted, pen.planted = pen.planted, {}
    return {name for name, texts in planted.items() if any(" ".join(text.split()) in shown for text in texts)}
