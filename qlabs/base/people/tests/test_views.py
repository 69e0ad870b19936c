import io
import json
import re
from datetime import timedelta

import openpyxl
import pytest
from django.contrib.auth import get_user
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from qlabs.base.lab.models import Lab, Membership
from qlabs.base.people import actions, links
from qlabs.base.people.models import Import, Invitation, Person
from qlabs.base.people.tests.factories import InvitationFactory, PersonFactory

pytestmark = pytest.mark.django_db
PAGES = (
    "/account/profile/",
    "/account/security/",
    "/people/",
    "/people/import/",
    "/people/invitations/",
)


def invited(**kwargs):
    now = timezone.now()
    return InvitationFactory(**{"invited_at": now, "expires_at": now + timedelta(days=60), **kwargs})


def address(invitation):
    return f"/join/{links.token(invitation)}/"


def upload(client, content, name="members.csv"):
    posted = {"source": "Members of Q", "file": SimpleUploadedFile(name, content)}
    return client.post("/people/import/", posted, follow=True)


def answers(client):
    return [client.get(path).status_code for path in PAGES]


def test_a_stranger_is_sent_to_sign_in(client):
    assert [client.get(path).url for path in PAGES] == [f"/account/login/?next={path}" for path in PAGES]


def test_each_role_opens_its_own_pages(client_as):
    lead = PersonFactory()
    Membership.objects.create(lab=Lab.objects.create(slug="a", title="A"), person=lead, role="lead")
    assert answers(client_as(PersonFactory(member=True))) == [200, 200, 403, 403, 403]
    assert answers(client_as(lead)) == [200, 200, 403, 403, 403]
    assert answers(client_as(PersonFactory(operator=True))) == [200, 200, 200, 200, 200]


@pytest.mark.parametrize("path", ["/people/9/", "/people/import/9/", "/people/import/9/refused.csv"])
def test_what_is_not_there_is_not_found(client_as, path):
    assert client_as(PersonFactory(operator=True)).get(path).status_code == 404


@pytest.mark.parametrize("query", ["page=9999999999999", "page=x", "q=%00", "q=" + "x" * 5000, "q=%ed%a0%80"])
def test_odd_queries_give_a_page(client_as, query):
    client = client_as(PersonFactory(operator=True))
    assert [client.get(f"/people{path}?{query}").status_code for path in ("/", "/invitations/")] == [200, 200]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_people_costs_the_same_however_long(client_as, count, django_assert_num_queries):
    client = client_as(PersonFactory(operator=True, profiled=True))
    PersonFactory.create_batch(count, profiled=True, member=True)
    with django_assert_num_queries(5):
        client.get("/people/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_invitations_costs_the_same_however_long(client_as, count, django_assert_num_queries):
    client = client_as(PersonFactory(operator=True))
    for number in range(count):
        lab = Lab.objects.create(slug=f"lab{number}", title="Lab")
        InvitationFactory(purpose="lab", lab=lab, role="contributor")
    with django_assert_num_queries(5):
        client.get("/people/invitations/")


def test_looking_at_a_link_however_often_changes_nothing(client):
    invitation = invited()
    for method in (client.get, client.head, client.options) * 3:
        method(address(invitation))
    invitation.refresh_from_db()
    assert (invitation.accepted_at, get_user(client).is_authenticated) == (None, False)


def test_a_link_is_never_kept_by_a_cache(client):
    assert "no-store" in client.get(address(invited()))["Cache-Control"]


def test_taking_up_an_invitation_signs_in_and_leads_to_the_profile(client):
    invitation = invited()
    answer = client.post(address(invitation))
    assert (answer.status_code, answer.url, get_user(client)) == (302, "/account/profile/", invitation.person)


def test_a_link_works_once(client):
    invitation = invited()
    client.post(address(invitation))
    again = Client()
    assert (again.get(address(invitation)).status_code, again.post(address(invitation)).status_code) == (
        410,
        410,
    )
    assert not get_user(again).is_authenticated


def test_an_expired_link_signs_nobody_in(client):
    invitation = invited(expires_at=timezone.now())
    assert client.post(address(invitation)).status_code == 410
    assert not get_user(client).is_authenticated


def test_the_link_of_a_closed_account_signs_nobody_in(client):
    invitation = invited()
    actions.deactivate(person=invitation.person, by=None, at=timezone.now())
    assert client.post(address(invitation)).status_code == 410
    assert not get_user(client).is_authenticated


def test_a_link_of_nobodys_is_not_found(client):
    assert client.post("/join/1-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/").status_code == 404


def test_a_link_opened_by_somebody_else_who_is_signed_in_signs_its_owner_in(client_as):
    invitation = invited()
    client = client_as(PersonFactory())
    client.post(address(invitation))
    assert get_user(client) == invitation.person


def test_a_link_asks_for_the_second_factor_where_there_is_one(client):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    invitation = invited()
    TOTP.activate(invitation.person, generate_totp_secret())
    assert client.post(address(invitation)).url == "/account/2fa/authenticate/"
    assert not get_user(client).is_authenticated


def test_the_page_after_accepting_says_that_it_worked(client):
    lab = Lab.objects.create(slug="asthma", title="Asthma", is_public=True)
    guest = invited(purpose="lab", lab=lab, role="contributor", person=PersonFactory())
    page = client.post(address(guest), follow=True).content.decode()
    assert "You have accepted the invitation to “Asthma”. Your role: Public contributor." in page
    page = client.post(address(invited(person=PersonFactory())), follow=True).content.decode()
    assert "You have joined the Q Labs community." in page


def test_who_is_a_member_by_a_list_is_not_asked_to_accept(client):
    invitation = invited()
    page = client.get(address(invitation)).content.decode()
    assert "Accept the invitation" not in page
    assert "Accepting signs you in" not in page
    page = client.post(address(invitation), follow=True).content.decode()
    assert "You are a member of the Q Labs community. Please check your profile." in page


def test_a_list_is_checked_confirmed_and_not_confirmed_twice(client_as):
    client = client_as(PersonFactory(operator=True))
    page = upload(client, b"Name,Email\nAnn,a@x.org\nBob,nonsense\n")
    assert "1 will become members, 1 cannot" in page.content.decode()
    [imported] = Import.objects.all()
    for _time in range(2):
        client.post(f"/people/import/{imported.pk}/", {"typed": "1", "seen": seen(imported)})
    assert (Person.objects.count(), Invitation.objects.count()) == (2, 1)


def seen(imported):
    """What the page says in its form of how the columns are matched."""
    return json.dumps(imported.columns, sort_keys=True)


def test_columns_are_matched_by_hand_and_the_page_shows_who_is_invited_and_what_is_left_out(client_as):
    client = client_as(PersonFactory(operator=True))
    page = upload(
        client, b"Who,Where,Land,Shoe\nAnn,a@x.org,Cymru,4\nBob,b@x.org,Narnia,5\n"
    ).content.decode()
    assert "We could not tell which columns hold the names and the email addresses" in page
    [imported] = Import.objects.all()
    address = f"/people/import/{imported.pk}/"
    wrong = client.post(f"{address}columns/", {"name": "0"}).content.decode()
    assert '<a href="#id_email">Select the column with the email addresses</a>' in wrong
    page = client.post(
        f"{address}columns/", {"name": "0", "email": "1", "nation": "2"}, follow=True
    ).content.decode()
    assert "Row 3: Land “Narnia” is not a nation we know." in page
    assert "<p>Shoe</p>" in page
    shown = re.findall(r"<span>([^<]*@x.org|Wales|Ann|Bob)</span>", page)
    assert shown == ["Ann", "a@x.org", "Wales", "Bob", "b@x.org"]
    imported.refresh_from_db()
    client.post(address, {"typed": "2", "seen": seen(imported)})
    assert list(Person.objects.exclude(joined_at=None).order_by("name").values_list("name", "nation")) == [
        ("Ann", "wales"), ("Bob", ""),
    ]  # fmt: skip
    imported.refresh_from_db()
    assert (imported.sheet, imported.rows) == ([], [])
    assert client.post(f"{address}columns/", {"name": "0", "email": "1"}).status_code == 409


def test_nobody_confirms_other_columns_than_were_looked_at(client_as):
    upload(client_as(PersonFactory(operator=True)), b"Name,Email,Other\nAnn,a@x.org,b@x.org\n")
    [imported] = Import.objects.all()
    second = client_as(PersonFactory(operator=True))
    before = seen(imported)
    second.post(f"/people/import/{imported.pk}/columns/", {"name": "0", "email": "2"})
    page = second.post(f"/people/import/{imported.pk}/", {"seen": before}).content.decode()
    assert "The columns of this list were changed meanwhile. Look at it again" in page
    assert Person.objects.exclude(joined_at=None).count() == 0


def test_a_wrong_number_is_said_beside_its_field_and_makes_nobody_a_member(client_as):
    client = client_as(PersonFactory(operator=True))
    upload(client, b"Name,Email\nAnn,a@x.org\n")
    page = client.post(f"/people/import/{Import.objects.get().pk}/", {"typed": "2"}).content.decode()
    assert '<a href="#id_typed">1 person will become a member, so type 1</a>' in page
    assert "1 person will become a member; type 1, so that nobody imports a list by accident." in page
    assert Person.objects.exclude(joined_at=None).count() == 0


def test_a_second_operator_finds_the_list_and_confirms_it_with_one_press(client_as):
    upload(client_as(PersonFactory(operator=True)), b"Name,Email\nAnn,a@x.org\n")
    path = f"/people/import/{Import.objects.get().pk}/"
    second = client_as(PersonFactory(operator=True))
    assert f'href="{path}"' in second.get("/people/import/").content.decode()
    page = second.post(path, {"seen": seen(Import.objects.get())}, follow=True).content.decode()
    assert "1 person is a member now" in page
    assert f'href="{path}"' not in second.get("/people/import/").content.decode()


def test_a_lead_can_neither_upload_nor_confirm_a_list(client_as):
    upload(client_as(PersonFactory(operator=True)), b"Name,Email\nAnn,a@x.org\n")
    lead = PersonFactory()
    Membership.objects.create(lab=Lab.objects.create(slug="a", title="A"), person=lead, role="lead")
    path = f"/people/import/{Import.objects.get().pk}/"
    answers = [
        client_as(lead).post(address, {"typed": 1}).status_code for address in ("/people/import/", path)
    ]
    assert (answers, Person.objects.exclude(joined_at=None).count()) == ([403, 403], 0)


def test_a_workbook_is_taken_too(client_as):
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Name", "Email"])
    book.active.append(["Ann", "a@x.org"])
    book.save(out)
    page = upload(client_as(PersonFactory(operator=True)), out.getvalue(), "members.xlsx")
    assert "1 person will become a member" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.pdf", b"%PDF", "Select a file that ends in .csv, .xlsx"),
        ("x.xlsx", b"PK\x03\x04", "The file is not an Excel workbook"),
        ("x.csv", b"x" * 5_000_001, "Select a file smaller than 5 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_beside_the_field(client_as, name, content, words):
    page = upload(client_as(PersonFactory(operator=True)), content, name)
    assert words in page.content.decode()
    assert Import.objects.count() == 0


def test_the_rows_to_mend_come_as_a_file(client_as):
    client = client_as(PersonFactory(operator=True))
    upload(client, b"Name,Email\n=1+1,nonsense\n")
    answer = client.get(f"/people/import/{Import.objects.get().pk}/refused.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="rows-to-mend.csv"'
    assert answer.content.decode("utf-8-sig").splitlines()[1].startswith('"\'=1+1","nonsense",')


def test_a_reminder_asked_for_too_soon_is_refused_politely(client_as):
    invitation = invited()
    answer = client_as(PersonFactory(operator=True)).post(f"/people/invitations/{invitation.pk}/remind/")
    assert answer.status_code == 409
    assert "One email a week is enough." in answer.content.decode()


@pytest.mark.parametrize("act", ["renew-links", "reopen"])
def test_an_act_needs_a_post(client_as, act):
    person = PersonFactory()
    assert client_as(PersonFactory(operator=True)).get(f"/people/{person.pk}/{act}/").status_code == 405


def test_only_an_operator_closes_an_account(client_as):
    person = PersonFactory()
    assert client_as(PersonFactory(member=True)).post(f"/people/{person.pk}/close/").status_code == 403
    person.refresh_from_db()
    assert person.is_active


def test_signing_out_everywhere_keeps_this_browser(client_as):
    person = PersonFactory()
    other = Client()
    other.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    here = client_as(person)
    here.post("/account/security/sign-out-everywhere/")
    assert (get_user(here), get_user(other).is_authenticated) == (person, False)


def test_the_picture_of_a_key_is_shown_only_while_an_app_is_added(client_as):
    client = client_as(PersonFactory())
    assert client.get("/account/security/authenticator.svg").status_code == 404
    client.get("/account/2fa/totp/activate/")
    answer = client.get("/account/security/authenticator.svg")
    assert (answer.status_code, answer["Content-Type"], answer.content[:4]) == (200, "image/svg+xml", b"<svg")
    assert "no-store" in answer["Cache-Control"]


def test_no_page_holds_a_style_or_a_script_of_its_own(client_as):
    client = client_as(PersonFactory(operator=True))
    invited()
    paths = [*PAGES, "/account/2fa/totp/activate/", "/account/2fa/webauthn/add/", "/account/logout/"]
    pages = [client.get(path).content.decode() for path in paths]
    assert [page for page in pages if " style=" in page or "<script>" in page or "data:image" in page] == []
