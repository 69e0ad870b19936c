"""Text that changes direction turns nothing around it where a template shows it, and no field adds anything to it."""

import pytest
from django.template import engines
from django.urls import reverse

from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people.tests.factories import PersonFactory

EVIL, SHOWN = "\u202e<evil", "\u2068\u202e&lt;evil\u202c\u2069"


@pytest.mark.parametrize(
    ("template", "page"),
    [
        ("{{ evil }}!", f"{SHOWN}!"),
        ("{{ evil|upper }}!", f"{SHOWN.replace('evil', 'EVIL')}!"),
        ('{{ _("%(name)s said", name=evil) }}', f"{SHOWN} said"),
        ('{{ ngettext("%(num)s of %(name)s", "%(num)s", 1, name=evil) }}', f"1 of {SHOWN}"),
        ("{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}{{ bold(evil) }}", f"<b>{SHOWN}</b>"),
    ],
)
def test_in_a_page(template, page):
    assert engines["jinja2"].from_string(template).render({"evil": EVIL}) == page


@pytest.mark.django_db
def test_in_a_heading_of_a_page_and_not_in_a_field_that_is_sent_again(client_as):
    person = PersonFactory(member=True, region="\u05d0\u05d1", skills="\u05d0\n\u05d1")
    lab = LabFactory(title="\u202eevil", public=True)
    client = client_as(person)
    assert "\u2068\u202eevil\u202c\u2069" in client.get(reverse("hub:lab", args=[lab.slug])).content.decode()
    page = client.get(reverse("people:profile")).content.decode()
    assert 'value="\u05d0\u05d1"' in page
    assert "\u05d0\n\u05d1</textarea>" in page


@pytest.mark.django_db
def test_a_form_keeps_it_closed(client_as):
    person = PersonFactory(member=True)
    client_as(person).post(
        reverse("people:profile"), {"name": "Ann", "region": EVIL, "skills": f"{EVIL}\nmore"}
    )
    person.refresh_from_db()
    assert (person.region, person.skills) == (f"{EVIL}\u202c", f"{EVIL}\u202c\nmore")
