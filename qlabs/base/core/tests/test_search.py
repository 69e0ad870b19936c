import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from qlabs.base.core.search import SearchText, by_text, fold, found, matches
from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people import queries
from qlabs.base.people.models import Organisation, Person
from qlabs.base.people.tests.factories import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
NAMES = (
    "Siân Thomas", "SIAN Evans", "Møller Łukasz", "Straße Ærø", "O’Neill-Smith", "Ynys Môn 24/7", "水野 明", "Σίσυφος",
    "x" * 150, "e1e5 a_b.c", "Zoë", "Åsa",
)  # fmt: skip


def names(words):
    return set(found(Person.objects.all(), words, "search_text").values_list("name", flat=True))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("sian", {"Siân Thomas", "SIAN Evans"}),
        ("SIÂN tho", {"Siân Thomas"}),
        ("thomas si", {"Siân Thomas"}),
        ("moller lukasz", {"Møller Łukasz"}),
        ("strasse aero", {"Straße Ærø"}),
        ("oneill", {"O’Neill-Smith"}),
        ("o'neill smith", {"O’Neill-Smith"}),
        ("mon 24/7", {"Ynys Môn 24/7"}),
        ("ynys-mon", {"Ynys Môn 24/7"}),
        ("水", {"水野 明"}),
        ("ΣΊΣΥ", {"Σίσυφος"}),
        ("x" * 120, {"x" * 150}),
        ("e1e5 b c", {"e1e5 a_b.c"}),
        ("homas", set()),
        ("!!! ' \" * :*", set()),
        ("a' OR 1=1 NEAR(", set()),
    ],
)
def test_people_are_found_by_the_beginnings_of_words_without_accents_and_case(words, expected):
    for name in NAMES:
        PersonFactory(name=name, email=f"{abs(hash(name))}@w.net")
    assert names(words) == expected
    assert {name for name in NAMES if matches(name, words)} == expected


def test_operators_find_people_by_address_and_the_text_of_a_person_holds_none():
    person = PersonFactory(name="Ann", email="b.reed@example.org")
    assert list(queries.people("b.reed@example.org")) == list(queries.people("reed")) == [person]
    assert names("reed") == set()


def test_no_words_find_everybody():
    PersonFactory.create_batch(2)
    assert found(Person.objects.all(), "  ", "search_text").count() == 2


def test_a_row_is_found_by_what_it_is_now_however_it_was_written():
    person = PersonFactory(name="Ann")
    assert names("ann") == {"Ann"}
    person.name = "Béa"
    person.save(update_fields=["name"])
    assert (names("ann"), names("bea")) == (set(), {"Béa"})
    Person.objects.bulk_create([Person(name="Cléo", email="c@w.net")])
    assert names("cleo") == {"Cléo"}
    Person.objects.update_or_create(email="c@w.net", defaults={"name": "Dé"})
    assert (names("cleo"), names("de")) == (set(), {"Dé"})
    person.delete()
    assert names("bea") == set()


def test_every_text_that_is_searched_has_its_index():
    """A migration that makes a table anew on SQLite takes the triggers with it, and stands them again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT indexname FROM pg_indexes")
        there = {name for (name,) in cursor.fetchall()}
    ends = ("_insert", "_update", "_delete") if connection.vendor == "sqlite" else ("",)
    searched = [model for model in apps.get_models() if _is_searched(model)]
    assert len(searched) >= 5
    assert {f"{model._meta.db_table}_found{end}" for model in searched for end in ends} <= there


def _is_searched(model):
    return any(isinstance(field, SearchText) for field in model._meta.concrete_fields)


def test_accents_sort_with_their_letter():
    for name in ("Zoë", "Élan", "Eve", "Åsa", "Abe", "eda"):
        PersonFactory(name=name)
    in_order = Person.objects.order_by(by_text("search_text")).values_list("name", flat=True)
    assert list(in_order) == ["Abe", "Åsa", "eda", "Élan", "Eve", "Zoë"]


def test_five_hundred_people_are_paged_with_as_many_queries_as_ten(client_as, django_assert_num_queries):
    client, counts = client_as(PersonFactory(operator=True)), []
    for more in (10, 490):
        organisation = OrganisationFactory(name=f"Ysbyty Môn {more}")
        PersonFactory.create_batch(more, member=True, name="Siân", organisation=organisation)
        client.get(reverse("people:members"))
        with django_assert_num_queries(7, exact=False) as asked:
            page = client.get(reverse("people:members"), {"q": "sian mon"}).content.decode()
        counts.append((len(asked), page.count("Ysbyty Môn")))
    assert counts == [(counts[0][0], 10), (counts[0][0], 25)]


def test_labs_and_organisations_are_folded_too(client):
    LabFactory(title="Gofal yn Môn", public=True)
    assert "Gofal yn Môn" in client.get(reverse("hub:labs"), {"q": "MON"}).content.decode()
    assert "Gofal yn Môn" not in client.get(reverse("hub:labs"), {"q": "mona"}).content.decode()
    assert Organisation(name="É").search_text == ""
    assert OrganisationFactory(name="Bwrdd Iechyd Hywel Dda").search_text == fold("bwrdd iechyd hywel dda")
