"""Two at once: a link taken up from two windows, a list confirmed by two clicks."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from qlabs.base.core.errors import Conflict
from qlabs.base.core.models import Event
from qlabs.base.people import actions
from qlabs.base.people.models import Invitation
from qlabs.base.people.tests.factories import JOINED, InvitationFactory, PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _a_database_that_waits():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory refuses a second writer instead of letting it wait")


def at_once(act, times=8):
    def run(_number):
        try:
            act()
            return "done"
        except Conflict:
            return "conflict"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return sorted(pool.map(run, range(times)))


def test_a_link_taken_up_in_eight_windows_at_once_is_taken_up_once():
    invitation = InvitationFactory()
    answers = at_once(lambda: actions.accept_invitation(invitation=invitation, at=JOINED))
    assert answers == ["conflict"] * 7 + ["done"]
    assert Event.objects.filter(what="people.accepted").count() == 1


def test_a_list_confirmed_by_eight_clicks_at_once_invites_everybody_once():
    operator = PersonFactory(operator=True)
    rows = [{"name": f"M{number}", "email": f"m{number}@x.org"} for number in range(20)]
    kept = actions.keep_import(
        source="X", filename="x", headings=[], rows=rows, refused=[], known=0, by=operator, at=JOINED
    )
    assert (
        at_once(lambda: actions.confirm_import(imported=kept, by=operator, at=JOINED, typed=20))
        == ["done"] * 8
    )
    assert Invitation.objects.count() == 20
    assert Event.objects.filter(what="people.imported").count() == 1
