"""Two leads of two private labs, and an operator: nothing of one lab's people reaches the other's lead.

Every page about people and teams, by GET and by POST, the files and the pages that say no: not one title, name or
address of the other lab's guests stands in any answer.
"""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from journeys.world import patterns, read, undone
from qlabs.base.lab.models import Membership
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people import actions
from qlabs.base.people.models import Import, Invitation
from qlabs.base.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
MARK = "kestrel"
"""Stands in every title, name and address of the other lab."""
PARTS = ("people:", "lab:", "hub:home", "hub:labs", "hub:waiting", "hub:lab")
POSTED = {
    "email": f"pending@{MARK}.example", "role": "contributor", "name": "Gwen", "q": "e", "typed": "1",
    "people": f"Gwen, pending@{MARK}.example\nBob, here@{MARK}.example",
}  # fmt: skip
TYPED = {value for value in POSTED.values() if MARK in value}


@pytest.fixture
def mine():
    lab = LabFactory(slug="mine", title="Mine", open="choose", lead=PersonFactory(name="My Lead"))
    actions.invite_guest(
        lab=lab, email="my@guest.example", name="My Guest", role="coach", by=None, at=timezone.now()
    )
    return lab


@pytest.fixture
def theirs():
    """A private lab with a lead, a guest, a guest who was asked, one who said no, and one who left."""
    lead = PersonFactory(name=f"Lead {MARK}", email=f"lead@{MARK}.example")
    lab = LabFactory(slug=f"{MARK}-lab", title=f"{MARK} lab", open="choose", lead=lead)
    guest = PersonFactory(name=f"Here {MARK}", email=f"here@{MARK}.example")
    MembershipFactory(lab=lab, person=guest, role="contributor")
    for who in ("pending", "no"):
        invitation = actions.invite_guest(
            lab=lab, email=f"{who}@{MARK}.example", name=f"{who} {MARK}", role="follower", by=lead,
            at=timezone.now() - timezone.timedelta(days=30),
        )  # fmt: skip
    invitation.declined_at = timezone.now()
    invitation.save()
    return lab


@pytest.fixture
def kept():
    operator = PersonFactory(operator=True, name=f"Operator {MARK}", email=f"op@{MARK}.example")
    row = {"name": f"Listed {MARK}", "email": f"listed@{MARK}.example"}
    return actions.keep_import(
        source=f"List of {MARK}", filename=f"{MARK}.csv", headings=["Name"], rows=[row], refused=[], known=0,
        by=operator, at=timezone.now(),
    )  # fmt: skip


def numbers():
    """Every number that could stand in an address: of people, invitations, roles and lists, mine and theirs."""
    people = [membership.person_id for membership in Membership.objects.all()]
    rows = [row.pk for model in (Invitation, Membership, Import) for row in model.objects.all()]
    return sorted({*people, *rows})


def addresses(mine, theirs):
    for name, converters in patterns():
        wanted = set(converters)
        if not name.startswith(PARTS) or not wanted <= {"slug", "pk", "stage"} or name == "hub:page":
            continue
        for lab in (mine, theirs):
            for pk in numbers() if "pk" in wanted else [0]:
                every = {"slug": lab.slug, "pk": pk, "stage": "choose"}
                yield reverse(name, kwargs={part: every[part] for part in wanted})
            if "slug" not in wanted:
                break


def said(client, path, method):
    """The status, and all that an answer says without the address that was asked and what was typed."""
    cache.clear()
    extra = {"file": SimpleUploadedFile("x.csv", b"Name,Email\nAnn,a@x.org")} if method == "post" else {}
    with undone():
        answer = getattr(client, method)(path, {**POSTED, **extra} if method == "post" else {}, follow=True)
        text = f"{read(answer).decode(errors='replace')}{answer.headers}"
    for known in (path, *TYPED, *POSTED["people"].splitlines()):
        text = text.replace(known, "").replace(known.replace("\n", "\r\n"), "")
    return answer.status_code, text.lower()


def test_nothing_of_one_private_lab_reaches_the_lead_of_another(client_as, mine, theirs, kept):
    lead = mine.memberships.get(role="lead").person
    opened, leaks = set(), []
    for path in addresses(mine, theirs):
        for method in ("get", "post"):
            client = client_as(lead)  # anew each time: some of these sign out
            client.raise_request_exception = False
            status, text = said(client, path, method)
            opened |= {path} if status == 200 else set()
            leaks += [(method, path)] if MARK in text else []
    assert leaks == []
    assert {"/labs/mine/team/", "/labs/mine/invitations/", "/labs/mine/log/", "/waiting/"} <= opened


def test_the_guests_of_a_private_lab_are_there_to_be_found_by_its_own_lead_and_by_operators(
    client_as, mine, theirs, kept
):
    own = theirs.memberships.get(role="lead").person
    for person in (own, PersonFactory(operator=True)):
        page = client_as(person).get(f"/labs/{theirs.slug}/invitations/").content.decode()
        assert f"no@{MARK}.example" in page
        assert f"pending@{MARK}.example" in page
    assert (
        f"pending@{MARK}.example" in client_as(PersonFactory(operator=True)).get("/people/").content.decode()
    )
