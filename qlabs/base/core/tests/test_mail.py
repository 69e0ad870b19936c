import re

import pytest
from django.core.management import call_command
from django.template import engines
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from qlabs.base.core import mail, tasks
from qlabs.config.env import ROOT

TEMPLATES = {
    "letters/hello.txt.jinja": "Hello {{ name }}, from {{ installation_name }}",
    "letters/hello.html.jinja": "<p>Hello {{ name }}</p>",
    "letters/plain.txt.jinja": "Plain {{ name }}",
}


@pytest.fixture(autouse=True)
def _letters(monkeypatch):
    from jinja2 import ChoiceLoader, DictLoader

    environment = next(engine for engine in engines.all() if hasattr(engine, "env")).env
    monkeypatch.setattr(environment, "loader", ChoiceLoader([DictLoader(TEMPLATES), environment.loader]))


@task
def greet(name):
    mail.send(to="ada@example.org", subject=f"Hello {name}", template="letters/hello", context={"name": name})


def test_a_letter_goes_over_smtp_as_text_and_html(postbox):
    greet.call("Ada <&>")
    [letter] = postbox.to("ada@example.org")
    parts = [
        (part.get_content_type(), part.get_content().strip())
        for part in letter.walk()
        if not part.is_multipart()
    ]
    assert parts == [
        ("text/plain", "Hello Ada <&>, from Q Labs"),
        ("text/html", "<p>Hello Ada &lt;&amp;&gt;</p>"),
    ]


def test_a_letter_without_an_html_template_is_plain(postbox):
    mail.send(to="ada@example.org", subject="x", template="letters/plain", context={"name": "Ada"})
    assert postbox.letters[0].get_content_type() == "text/plain"


def test_every_email_says_that_a_program_wrote_it_and_is_named_after_our_own_domain(postbox, settings):
    settings.SITE_URL = "https://labs.example.org:8443"
    mail.send(to="ada@example.org", subject="x", template="letters/plain", context={"name": "Ada"})
    [letter] = postbox.letters
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_all("Message-ID") == [letter["Message-ID"]]
    assert letter["Message-ID"].endswith("@labs.example.org>")


def test_every_email_is_sent_by_this_one_function():
    senders = ("EmailMessage(", "EmailMultiAlternatives(", "send_mail(", "mail_admins(")
    files = [path for path in (ROOT / "qlabs").rglob("*.py") if "tests" not in path.parts]
    found = {path.name for path in files if any(word in path.read_text(encoding="utf-8") for word in senders)}
    assert found == {"mail.py"}


def test_every_email_greets_and_then_begins_a_new_sentence():
    found = [path for path in (ROOT / "qlabs").rglob("mail/*.txt.jinja") if not path.name.startswith("_")]
    bases = [path for path in (ROOT / "qlabs").rglob("mail/_base.txt.jinja")]
    wrong = [path.name for path in found + bases if not _greets(path.read_text(encoding="utf-8"))]
    assert (wrong, len(found) > 15, len(bases)) == ([], True, 1)


def _greets(text):
    """Hello and a name with nothing behind it, on a line of its own; or what the base does."""
    if text.startswith('{% extends "ballots/mail/_base.txt.jinja" %}'):
        return True
    first, second, third = re.sub(r"{%.*?%}", "", text).split("\n", 2)
    return first.startswith('{{ _("Hello') and "," not in first.split('"')[1] and not second and third


@pytest.mark.parametrize("name", ["x\r\nBcc: thief@example.org", "x\nX-Evil: 1", "x\u2028y", "x\x00y"])
def test_a_hostile_subject_adds_no_header_and_no_recipient(postbox, name):
    mail.send(to="ada@example.org", subject=name, template="letters/plain", context={"name": name})
    [letter] = postbox.letters
    assert (letter["Bcc"], letter["X-Evil"], letter["X-Envelope-To"]) == (None, None, "ada@example.org")


@pytest.mark.django_db(transaction=True)
def test_a_letter_refused_by_the_relay_is_sent_once_it_takes_letters_again(postbox):
    postbox.refuse_next = 1
    tasks.later(greet, "Ada")
    call_command("work", "--once")
    assert postbox.letters == []
    DBTaskResult.objects.update(worker_ids=["a"], finished_at="2017-01-01T00:00Z")
    call_command("work", "--once")
    assert [letter["Subject"] for letter in postbox.letters] == ["Hello Ada"]
