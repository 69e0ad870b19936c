"""A word of 300 letters in every text, on every page: it wraps, on the narrowest phone and on a desk."""

from itertools import count

import pytest

from journeys.accessibility import sideways
from journeys.attacked_pages import planted
from journeys.attacks import fields_that_people_write, space
from journeys.visitors import DESKTOP
from qlabs.base.people.models import Person
from qlabs.base.people.tests.factories import PersonFactory

LETTERS = 300
NARROW = {"width": 320, "height": 640}
WIDEST = """() => Math.max(...[...document.querySelectorAll('body *')].map(
  (one) => (/auto|scroll/.test(getComputedStyle(one).overflowX) ? one.scrollWidth : 0)))"""
WIDE = 3 * NARROW["width"]  # a table may scroll by itself, but not as far as one word


class LongPen:
    """Fills a field with a single word: as long as the field takes, at most 300 letters."""

    def __init__(self):
        self.words, self.fields = count(1), set()

    def __call__(self, name):
        self.fields.add(name)
        number = f"W{next(self.words)}"
        return number + "w" * (min(LETTERS, space(name)) - len(number))


@pytest.mark.page
@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.django_db(transaction=True)
def test_a_word_of_300_letters_makes_no_page_scroll_sideways(clock, town, settings, tmp_path):
    settings.MEDIA_ROOT, settings.SECOND_FACTOR_REQUIRED = tmp_path, False
    reader, pen = PersonFactory(operator=True, member=True), LongPen()
    addresses = planted(pen, reader, 0)
    _lengthen_addresses()
    assert set(fields_that_people_write()) == pen.fields
    page, found = town.open(reader), {}
    for address in addresses:
        page.goto(town.site + address)
        for size in (DESKTOP, NARROW):
            page.set_viewport_size(size)
            if beyond := sideways(page):
                found[address, size["width"]] = beyond
        if (widest := page.evaluate(WIDEST)) > WIDE:
            found[address, "inside"] = widest
    assert found == {}, "\n".join(map(str, found.items()))


def _lengthen_addresses():
    """Every address for email as long as one may be."""
    for person in Person.objects.all():
        person.email = f"{'e' * 50}{person.pk}@{'.'.join(['d' * 60] * 3)}.example.org"
        person.save()
