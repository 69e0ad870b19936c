import pytest

from qlabs.base.people.queries import possible_doubles
from qlabs.base.people.tests.factories import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def found(*people):
    return [[person.pk for person in group] for group in possible_doubles(people)]


@pytest.mark.parametrize("other", ["ann.reed@x.org", "annreed+votes@x.org", "a.n.n.reed+1+2@x.org"])
def test_an_address_written_otherwise_is_a_possible_double(other):
    first, second = PersonFactory(email="annreed@x.org"), PersonFactory(email=other)
    assert found(first, second, PersonFactory(email="annreed@y.org")) == [[first.pk, second.pk]]


@pytest.mark.parametrize("other", ["Zoë O'Neil", "zoe oneil", " ZOE  O’NEIL "])
def test_the_same_name_in_the_same_organisation_is_a_possible_double(other):
    barts, leeds = OrganisationFactory.create_batch(2)
    first = PersonFactory(name="Zoe O’Neil", organisation=barts)
    second = PersonFactory(name=other, organisation=barts)
    elsewhere = PersonFactory(name="Zoe O’Neil", organisation=leeds)
    assert found(first, second, elsewhere) == [[first.pk, second.pk]]


def test_whoever_hangs_together_is_one_group():
    first, second = PersonFactory(name="Ann", email="a@x.org"), PersonFactory(name="Bob", email="b@x.org")
    both = PersonFactory(name="ann", email="b+1@x.org")
    assert found(first, second, both) == [[first.pk, second.pk, both.pk]]


def test_people_who_only_look_alike_are_no_doubles():
    assert found(PersonFactory(name="Ann"), PersonFactory(name="Anna"), PersonFactory()) == []


def test_an_operator_finds_doubles_among_members_with_both_accounts(client_as):
    first = PersonFactory(name="Ann Reed", email="annreed@x.org", member=True)
    second = PersonFactory(name="Annie", email="ann.reed@x.org", member=True)
    PersonFactory(name="Guest", email="a.nnreed@x.org")
    client = client_as(PersonFactory(operator=True))
    page = client.get("/people/doubles/").content.decode()
    assert [f'href="/people/{one.pk}/"' in page for one in (first, second)] == [True, True]
    assert "Guest" not in page
    client.post(f"/people/{second.pk}/close/")
    assert "Nobody seems to be here twice." in client.get("/people/doubles/").content.decode()
