"""Every word can be translated: all sentences are found, and a page in a language made of them shows no other words."""

import re
import shutil
import struct
import subprocess
from datetime import datetime

import pytest
from django.core.management import call_command
from django.utils import translation

from qlabs.base.lab.models import StageDates
from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui import catalogue
from qlabs.base.ui.catalogue import Message, Unreadable
from qlabs.base.ui.words import LONDON

HEAD = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
DJANGO = "from django.utils.translation import gettext as _now, gettext_lazy as _, ngettext\n"


@pytest.fixture(scope="module")
def found():
    return catalogue.messages()


def test_sentences_are_found_in_templates_and_in_python(found):
    """With a parameter, with a plural, in a part of a condition, lazily in a constant."""
    expected = {
        Message(
            "You can propose it until <strong>%(when)s</strong>. Only the title and the summary are needed."
        ),
        Message("%(num)s theme", "%(num)s themes"),
        Message("Take off the shortlist"),
        Message("A diverse group finds areas within the theme and one challenge is chosen."),
        Message("week %(number)d of %(all)d"),
    }
    assert expected <= set(found)
    assert len(found) > 1000


@pytest.mark.parametrize(
    ("suffix", "text", "message"),
    [
        (".jinja", '{{ _("By %(name)s", name=who) }}', Message("By %(name)s")),
        (".jinja", '{{ ngettext("%(num)s vote", "%(num)s votes", n) }}', Message("%(num)s vote", "%(num)s votes")),
        (".jinja", "{% trans n=n %}By {{ n }}{% endtrans %}", Message("By %(n)s")),
        (".jinja", '{% call box(_("Careful")) %}{% endcall %}', Message("Careful")),
        (".py", DJANGO + 'NAME = _("Theme")', Message("Theme")),
        (".py", DJANGO + 'def f():\n    return ngettext("a", "b", 2)', Message("a", "b")),
    ],
)  # fmt: skip
def test_a_sentence_is_found_however_it_is_written(suffix, text, message):
    assert [one for _line, one in catalogue.read(text, suffix)] == [message]


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".jinja", "{{ _(words) }}"),
        (".jinja", '{{ _("By " ~ name) }}'),
        (".jinja", '{{ ngettext("one vote") }}'),
        (".py", DJANGO + "def f(words):\n    return _(words)"),
        (".py", DJANGO + 'def f(name):\n    return _(f"By {name}")'),
        (".py", DJANGO + 'NAME = _now("Theme")'),
    ],
)
def test_a_sentence_that_cannot_be_found_is_refused(suffix, text):
    with pytest.raises(Unreadable):
        list(catalogue.read(text, suffix))


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="GNU gettext is not on this machine")
def test_no_sentence_uses_a_word_that_another_has_replaced(found):
    old = re.compile(r"\b(e-mails?|mails?|mend(ed)?|an? letter|(this|these|by) letters?)\b", re.IGNORECASE)
    wrong = [text for one in found for text in (one.id, one.plural) if old.search(text)]
    assert wrong == []


def test_the_printed_catalogue_is_one_that_gettext_takes(tmp_path, found):
    with (tmp_path / "django.po").open("w", encoding="utf-8") as file:
        call_command("words", stdout=file)
    done = subprocess.run(
        ["msgfmt", "--check-format", "--statistics", "-o", tmp_path / "django.mo", file.name],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert f"{len(found)} untranslated messages" in done.stderr, done.stderr


# A language in which every sentence stands between brackets ------------------


def bracketed(found):
    """The catalogue's compiled form: the same words as before, marked."""
    pairs = {"": HEAD}
    for message in found:
        key = f"{message.context}\x04{message.id}" if message.context else message.id
        if message.plural:
            key, words = f"{key}\0{message.plural}", f"⟦{message.id}⟧\0⟦{message.plural}⟧"
        else:
            words = f"⟦{message.id}⟧"
        pairs[key] = words
    return compiled({key.encode(): words.encode() for key, words in pairs.items()})


def compiled(pairs):
    """The bytes of a .mo file: a head, two tables of lengths and places, the texts."""
    keys = sorted(pairs)
    texts = [*keys, *(pairs[key] for key in keys)]
    place, tables = 28 + 8 * len(texts), b""
    for text in texts:
        tables += struct.pack("<2I", len(text), place)
        place += len(text) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0)
    return head + tables + b"".join(text + b"\0" for text in texts)


@pytest.fixture
def marked(tmp_path, settings, found):
    """An installation that also speaks "Welsh": our own words between brackets."""
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(bracketed(found))
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    settings.INSTALLATION_NAME = "QL"
    yield
    translation.activate("en-gb")


def plain(page):
    """The text of a page without its tags, head and switch of languages."""
    body = re.sub(r"(?s)^.*?<body>|<(script|svg)\b.*?</\1>|<form[^>]*labs-languages.*?</form>", " ", page)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def unmarked(text):
    """The words that stand in no brackets; addresses are words of no language."""
    text = re.sub(r"\S+@\S+", " ", text)
    while (rest := re.sub(r"⟦[^⟦⟧]*⟧", " ", text)) != text:
        text = rest
    return re.findall(r"[A-Za-z][a-z]+", text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "cookies", "is_marked"),
    [
        ({"accept-language": "cy"}, {}, True),
        ({"accept-language": "en"}, {"django_language": "cy"}, True),
        ({"accept-language": "fr, en;q=0.5"}, {}, False),
    ],
)
def test_a_page_speaks_the_language_that_is_asked_for(client, marked, clock, headers, cookies, is_marked):
    lab = LabFactory(slug="asthma", title="Asthma", public=True, forty_weeks=True)
    StageDates.objects.create(lab=lab, stage="choose", opens_at=datetime(2017, 1, 9, 9, tzinfo=LONDON))
    client.cookies.load(cookies)
    page = client.get("/labs/asthma/", headers=headers).content.decode()
    assert ('<html lang="cy"' in page) is is_marked
    for words in ("⟦Choose a theme⟧", "⟦week 4 of 40⟧"):
        wanted = words if is_marked else words.strip("⟦⟧")
        assert wanted.casefold() in plain(page).casefold()
    assert ("⟦" in plain(page)) is is_marked


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/labs/", "/about/privacy/", "/about/accessibility/", "/about/secret-votes/", "/about/glossary/",
             "/account/login/", "/nowhere/"],
)  # fmt: skip
def test_no_words_on_a_page_stand_outside_the_catalogue(client, marked, clock, path):
    page = client.get(path, headers={"accept-language": "cy"}).content.decode()
    assert unmarked(plain(page)) == []


@pytest.mark.django_db
def test_a_form_and_its_errors_are_translated(client_as, marked, clock):
    LabFactory(slug="asthma", title="QL", public=True, open="choose")
    web = client_as(PersonFactory(member=True))
    page = web.post("/labs/asthma/themes/propose/", {}, headers={"accept-language": "cy"}).content.decode()
    assert "⟦Enter a title⟧" in plain(page)
    assert unmarked(plain(page)) == []
