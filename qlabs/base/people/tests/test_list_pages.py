"""Lists of members on their pages: uploaded, looked at, matched and confirmed."""

import io
import json
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qlabs.base.lab.models import Lab, Membership
from qlabs.base.people.models import Import, Invitation, Person
from qlabs.base.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def upload(client, content, name="members.csv"):
    posted = {"source": "Members of Q", "file": SimpleUploadedFile(name, content)}
    return client.post("/people/import/", posted, follow=True)


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


def test_a_workbook_is_taken_too(client_as):
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Name", "Email"])
    book.active.append(["Ann", "a@x.org"])
    book.save(out)
    page = upload(client_as(PersonFactory(operator=True)), out.getvalue(), "members.xlsx")
    assert "1 person will become a member" in page.content.decode()


def test_the_rows_to_mend_come_as_a_file(client_as):
    client = client_as(PersonFactory(operator=True))
    upload(client, b"Name,Email\n=1+1,nonsense\n")
    answer = client.get(f"/people/import/{Import.objects.get().pk}/refused.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="rows-to-mend.csv"'
    assert answer.content.decode("utf-8-sig").splitlines()[1].startswith('"\'=1+1","nonsense",')
