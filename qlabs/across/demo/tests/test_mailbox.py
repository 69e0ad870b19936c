import os

import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from qlabs.across.demo import queries
from qlabs.across.demo.content import names

FILES = "django.core.mail.backends.filebased.EmailBackend"
LETTER = b"""To: carys@qlabs.example
Subject: =?utf-8?q?Your_sign-in_code_=E2=80=93_today?=
Date: Tue, 24 Nov 2026 12:30:00 -0000
Content-Type: text/plain; charset="utf-8"

Hello Carys

Go to http://127.0.0.1:8000/vote/abc/.
Thank you.
"""


@pytest.fixture
def mailbox(settings, tmp_path):
    """The folder that letters are written to, as in the demo."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FILES, str(tmp_path)
    return tmp_path


def put(folder, name, content=LETTER):
    (folder / f"{name}.log").write_bytes(content + b"-" * 79 + b"\n")


def test_a_letter_is_read_with_its_links(mailbox):
    put(mailbox, "20261124-123000-1")
    found = queries.letter("20261124-123000-1.0")
    assert (found.to, found.subject) == ("carys@qlabs.example", "Your sign-in code – today")
    assert found.sent_at.isoformat() == "2026-11-24T12:30:00+00:00"
    link = "http://127.0.0.1:8000/vote/abc/"
    assert found.paragraphs == (
        ((("Hello Carys", ""),),),
        ((("Go to ", ""), (link, link), (".", "")), (("Thank you.", ""),)),
    )


def test_what_the_product_sends_arrives(mailbox):
    message = EmailMultiAlternatives("Vote now", "Plain words", to=["jo@qlabs.example"])
    message.attach_alternative("<p>Other words</p>", "text/html")
    message.send()
    [found] = queries.Letters()[:25]
    assert (found.to, found.subject) == ("jo@qlabs.example", "Vote now")
    assert queries.letter(found.name).paragraphs == (((("Plain words", ""),),),)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00\x00",
        b"Subject: =?utf-8?b?%%%?=\n\nx",
        b"To: <<>>,;@\nDate: never\nSubject:\n\nx",
        b"Content-Type: text/plain; charset=nonsense\nContent-Transfer-Encoding: base64\n\n***",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n",
    ],
)
def test_a_broken_file_is_no_error(client, db, mailbox, content):
    put(mailbox, "20261124-123000-1", content)
    assert client.get("/demo/mail/").status_code == 200
    assert client.get("/demo/mail/20261124-123000-1.0/").status_code == 200


def test_the_newest_letter_comes_first_and_other_files_do_not_show(mailbox):
    for name in ("20261124-123000-1", "20261124-123001-1", "20261123-235959-9"):
        put(mailbox, name)
    (mailbox / "notes.log").write_text("mine", encoding="utf-8")
    assert queries.Letters().names == ["20261124-123001-1.0", "20261124-123000-1.0", "20261123-235959-9.0"]


def test_search_looks_at_address_and_subject(mailbox):
    put(mailbox, "20261124-123000-1")
    put(mailbox, "20261124-123001-1", LETTER.replace(b"carys", b"owen"))
    assert queries.Letters("OWEN sign-in").names == ["20261124-123001-1.0"]


def test_the_pages_show_the_letters(client, db, mailbox):
    put(mailbox, "20261124-123000-1")
    assert "carys@qlabs.example" in client.get("/demo/mail/").content.decode()
    page = client.get(reverse("demo:letter", args=["20261124-123000-1.0"])).content.decode()
    assert (
        '<a href="http://127.0.0.1:8000/vote/abc/">http://127.0.0.1:8000/vote/abc/</a>.<br>Thank you.' in page
    )


@pytest.mark.parametrize(
    "name",
    [
        "..",
        "20261124-123000-2.0",
        "20261124-123000-1.1",
        "20261124-123000-1",
        "20261124-123000-1.log",
        "x" * 300,
    ],
)
def test_nothing_but_letters_can_be_read(client, db, mailbox, name):
    put(mailbox, "20261124-123000-1")
    answer = client.get(f"/demo/mail/{name}/")
    assert answer.status_code in (404, 400) or answer.url == "/demo/mail/"
    assert queries.letter(name) is None


@pytest.mark.parametrize(
    ("production", "backend"), [(True, FILES), (False, "django.core.mail.backends.smtp.EmailBackend")]
)
def test_where_mail_is_really_sent_there_is_no_mailbox(client, db, mailbox, settings, production, backend):
    put(mailbox, "20261124-123000-1")
    assert client.get("/demo/mail/20261124-123000-1.0/").status_code == 200
    settings.PRODUCTION, settings.EMAIL_BACKEND = production, backend
    assert client.get("/demo/mail/").status_code == 404
    assert client.get("/demo/mail/20261124-123000-1.0/").status_code == 404


def test_a_file_that_vanishes_is_an_empty_letter(mailbox):
    put(mailbox, "20261124-123000-1")
    letters = queries.Letters()
    os.remove(mailbox / "20261124-123000-1.log")
    [found] = letters[:25]
    assert (found.to, found.subject) == ("", "")


def test_letters_of_one_second_stand_in_one_file_and_are_all_read(client, db, mailbox):
    second = LETTER.replace(b"carys", b"owen")
    put(mailbox, "20261124-123000-1", LETTER + b"-" * 79 + b"\n" + second)
    assert [letter.to for letter in queries.Letters()[:25]] == ["owen@qlabs.example", "carys@qlabs.example"]
    assert queries.letter("20261124-123000-1.1").to == "owen@qlabs.example"
    assert client.get("/demo/mail/20261124-123000-1.2/").status_code == 404


@pytest.mark.django_db
def test_the_sign_in_page_of_a_demo_leads_to_the_letters(client, mailbox):
    page = client.get(reverse("account_login")).content.decode()
    assert (reverse("demo:mail") in page, names.MEMBER.email in page) == (True, True)


@pytest.mark.django_db
def test_the_sign_in_page_elsewhere_does_not(client):
    page = client.get(reverse("account_login")).content.decode()
    assert (reverse("demo:mail") in page, names.MEMBER.email in page) == (False, False)
