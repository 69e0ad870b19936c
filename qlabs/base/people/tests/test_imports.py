"""Lists of members: nobody on one is a member before an operator, or two, confirmed it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from qlabs.base.core.errors import Conflict
from qlabs.base.core.models import Event
from qlabs.base.people import actions
from qlabs.base.people.models import Import, Invitation, Person
from qlabs.base.people.tests.factories import JOINED, PersonFactory

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def events():
    return [(event.what, event.at, event.facts) for event in Event.objects.order_by("position")]


def list_of(*emails, by, organisation="", source="Members of Q, January 2017"):
    rows = [{"name": email, "email": email, "organisation": organisation} for email in emails]
    return actions.keep_import(
        source=source, filename="x.csv", headings=[], rows=rows, refused=[], known=0, by=by, at=JOINED
    )


def confirmed(imported, *, at=JOINED, by=None):
    """Confirmed by whoever uploaded it, who types the number."""
    return actions.confirm_import(imported=imported, by=by or imported.by, at=at, typed=len(imported.rows))


def members_on(imported):
    return imported.members.count()


def test_nobody_on_a_list_is_a_member_before_it_is_confirmed():
    imported = list_of("a@x.org", by=PersonFactory(operator=True))
    assert (Person.objects.exclude(joined_at=None).count(), Invitation.objects.count()) == (0, 0)
    confirmed(imported)
    assert Person.objects.exclude(joined_at=None).get().joined_list == imported


@pytest.mark.parametrize("typed", [None, 0, 1, 3])
def test_whoever_uploaded_a_list_confirms_it_only_with_its_number(typed):
    operator = PersonFactory(operator=True)
    imported = list_of("a@x.org", "b@x.org", by=operator)
    with pytest.raises(Conflict):
        actions.confirm_import(imported=imported, by=operator, at=JOINED, typed=typed)
    assert members_on(imported) == 0


def test_a_second_operator_confirms_without_typing_and_the_log_names_both():
    first, second = PersonFactory.create_batch(2, operator=True)
    imported = actions.confirm_import(imported=list_of("a@x.org", by=first), by=second, at=JOINED)
    assert (imported.confirmed_how, imported.confirmed_by, members_on(imported)) == ("second", second, 1)
    event = Event.objects.get(what="people.imported")
    assert (event.by, event.facts["uploaded_by"], event.facts["confirmed"]) == (second, first.pk, "second")


def test_a_long_list_needs_a_second_operator_where_there_is_one():
    alone, many = PersonFactory(operator=True), [f"m{number}@x.org" for number in range(101)]
    imported = list_of(*many, by=alone)
    PersonFactory(operator=True)
    with pytest.raises(Conflict):
        confirmed(imported)
    Person.objects.exclude(pk=alone.pk).update(is_active=False)
    assert confirmed(imported).added == 101


def test_many_short_lists_of_one_month_need_a_second_operator_too():
    first, _second = PersonFactory.create_batch(2, operator=True)
    confirmed(list_of(*[f"m{number}@x.org" for number in range(100)], by=first))
    with pytest.raises(Conflict):
        confirmed(list_of("one@x.org", by=first))
    assert confirmed(list_of("one@x.org", by=first), at=JOINED + WEEK * 5).added == 1


def test_a_list_without_a_source_is_not_confirmed():
    imported = list_of("a@x.org", by=PersonFactory(operator=True), source="")
    with pytest.raises(Conflict):
        confirmed(imported)
    assert members_on(imported) == 0


def test_who_said_no_to_the_community_is_left_out_of_every_later_list():
    imported = confirmed(list_of("a@x.org", by=PersonFactory(operator=True)))
    actions.decline_invitation(invitation=Invitation.objects.get(), at=JOINED)
    assert (members_on(imported), Person.objects.get(email="a@x.org").joined_at) == (0, None)
    assert confirmed(list_of("a@x.org", by=imported.by)).added == 0


def test_a_list_replaces_an_invitation_to_the_community_that_waits():
    operator = PersonFactory(operator=True)
    actions.invite_member(name="Ann", email="a@x.org", by=operator, at=JOINED)
    confirmed(list_of("a@x.org", by=operator))
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"confirmed_at": None},
        {"confirmed_by": None},
        {"confirmed_how": ""},
        {"confirmed_how": "second"},
        {"source": ""},
    ],
)
def test_the_database_refuses_a_list_that_was_not_confirmed_well(wrong):
    imported = confirmed(list_of("a@x.org", by=PersonFactory(operator=True)))
    with pytest.raises(IntegrityError), transaction.atomic():
        Import.objects.filter(pk=imported.pk).update(**wrong)


def test_a_confirmed_list_adds_members_and_invites_them_at_its_moment():
    operator = PersonFactory(operator=True)
    imported = confirmed(list_of("a@x.org", "b@x.org", by=operator, organisation="New"))
    assert (imported.added, imported.rows, imported.confirmed_at) == (2, [], JOINED)
    assert list(
        Person.objects.exclude(pk=operator.pk)
        .order_by("email")
        .values_list("email", "joined_at", "organisation__name")
    ) == [
        ("a@x.org", JOINED, "New"),
        ("b@x.org", JOINED, "New"),
    ]
    assert list(
        Invitation.objects.order_by("pk").values_list("person__email", "invited_at", "expires_at")
    ) == [
        ("a@x.org", JOINED, JOINED + timedelta(days=60)),
        ("b@x.org", JOINED, JOINED + timedelta(days=60)),
    ]
    assert events()[-1] == (
        "people.imported",
        JOINED,
        {
            "added": 2,
            "source": "Members of Q, January 2017",
            "confirmed": "typed",
            "uploaded_by": operator.pk,
        },
    )


def test_confirming_twice_adds_nobody():
    operator = PersonFactory(operator=True)
    imported = list_of("a@x.org", by=operator)
    confirmed(imported)
    confirmed(imported)
    assert (Invitation.objects.count(), Person.objects.count()) == (1, 2)
    assert [what for what, _at, _facts in events()].count("people.imported") == 1


def test_the_same_list_again_adds_nobody():
    operator = PersonFactory(operator=True)
    for _time in range(2):
        last = confirmed(list_of("a@x.org", by=operator))
    assert (last.added, Person.objects.count(), Invitation.objects.count()) == (0, 2, 1)


def test_a_guest_on_a_list_becomes_a_member():
    guest = PersonFactory()
    confirmed(list_of(guest.email, by=guest))
    guest.refresh_from_db()
    assert (guest.joined_at, guest.invitations.count()) == (JOINED, 1)


def test_a_list_is_all_or_nothing():
    operator = PersonFactory(operator=True)
    imported = list_of("a@x.org", "b@x.org", by=operator)
    imported.rows[1]["email"] = "A@X.ORG"  # would break a constraint half way
    imported.save()
    with pytest.raises(IntegrityError):
        confirmed(imported)
    assert list(Person.objects.all()) == [operator]
    assert [what for what, _at, _facts in events()] == ["people.list_uploaded"]


def test_a_forgotten_list_keeps_only_its_figures():
    imported = list_of("a@x.org", by=PersonFactory())
    actions.forget_import(imported=imported, at=JOINED)
    assert Import.objects.values_list("rows", "refused", "headings", "filename").get() == ([], [], [], "")


def test_no_event_holds_a_name_or_an_address():
    operator = PersonFactory(operator=True)
    imported = list_of("canary@x.org", by=operator)
    confirmed(imported)
    actions.invite_member(name="Canary", email="canary2@x.org", by=operator, at=JOINED)
    actions.save_profile(person=operator, by=operator, at=JOINED, name="Canary")
    assert [event.facts for event in Event.objects.all() if "anary" in str(event.facts)] == []
