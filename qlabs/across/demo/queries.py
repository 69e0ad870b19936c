"""Reads the letters that the demo keeps in files instead of sending them, and whether a demo is there."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from qlabs.base.core.mail import KEPT_HERE
from qlabs.base.core.models import Event
from qlabs.base.core.search import matches
from qlabs.base.lab.models import Lab
from qlabs.base.people.models import Person

from .content import names

FILE = re.compile(r"\d{8}-\d{6}-\d{1,25}", re.ASCII)
NAME = re.compile(rf"({FILE.pattern})\.(\d{{1,4}})", re.ASCII)
BETWEEN = re.compile(rb"^-{79}\n", re.MULTILINE)
LONGEST = 1_000_000
MOST = 5_000
ADDRESS = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class Letter:
    """One letter, named by its file and its place in it. `paragraphs` hold lines of pieces: (words, address or "")."""

    name: str
    to: str
    subject: str
    sent_at: datetime
    paragraphs: tuple = ()


def has_labs():
    """Whether there is any lab yet."""
    return Lab.objects.exists()


def is_half_made():
    """Whether the making of a demo was interrupted."""
    made = Event.objects.filter(what__in=("demo.begun", "demo.made")).values_list("what", flat=True)
    return set(made) == {"demo.begun"}


def is_demo():
    """Whether the people of the demo are here."""
    return Person.objects.filter(email=names.LEAD.email).exists()


def has_mailbox():
    """Whether this is a demo, where letters stay on the machine."""
    return not settings.PRODUCTION and settings.EMAIL_BACKEND == KEPT_HERE


class Letters:
    """The letters, newest first, read from their files only when they are looked at; fits a paginator."""

    def __init__(self, search=""):
        self.names = _names()
        if search.strip():
            self.names = [name for name in self.names if _matches(name, search)]

    def __len__(self):
        return len(self.names)

    def __getitem__(self, places):
        return [_letter(name, _message(name)) for name in self.names[places]]


def letter(name):
    """One letter with its text, or None."""
    found = NAME.fullmatch(name)
    if not found or int(found[2]) >= len(_pieces(found[1])):
        return None
    message = _message(name)
    return _letter(name, message, paragraphs=_paragraphs(_text(message)))


def _names():
    """Names of the letters in the newest files, newest first; what is not ours is passed over."""
    folder = Path(settings.EMAIL_FILE_PATH)
    found = [path.stem for path in folder.glob("*.log")] if folder.is_dir() else []
    files = sorted((file for file in found if FILE.fullmatch(file)), reverse=True)[:MOST]
    return [f"{file}.{place}" for file in files for place in reversed(range(len(_pieces(file))))]


def _pieces(file):
    """The letters in a file: those that the same sender wrote in the same second stand in one."""
    path = Path(settings.EMAIL_FILE_PATH) / f"{file}.log"
    try:
        with path.open("rb") as opened:
            raw = opened.read(LONGEST)
    except OSError:
        return []
    return [piece for piece in BETWEEN.split(raw) if piece.strip()]


def _message(name):
    """The letter of that name; one that was deleted meanwhile is an empty one."""
    file, place = name.split(".")
    pieces = _pieces(file)
    raw = pieces[int(place)] if int(place) < len(pieces) else b""
    return BytesParser(policy=policy.default).parsebytes(raw)


def _matches(name, words):
    found = _letter(name, _message(name))
    return matches(f"{found.to} {found.subject}", words)


def _letter(name, message, paragraphs=()):
    return Letter(name, _header(message, "To"), _header(message, "Subject"), _date(name, message), paragraphs)


def _header(message, name):
    try:
        return str(message[name] or "")
    except (MessageError, ValueError, IndexError, AttributeError):  # the standard parser on a broken header
        return ""


def _date(name, message):
    try:
        sent = parsedate_to_datetime(_header(message, "Date"))
    except ValueError:
        sent = datetime.strptime(name[:15], "%Y%m%d-%H%M%S").astimezone()
    return sent if timezone.is_aware(sent) else sent.astimezone()


def _text(message):
    body = message.get_body(("plain",))
    try:
        return body.get_content() if body else ""
    except (LookupError, ValueError, KeyError, AttributeError):  # a charset or encoding that is none
        return ""


def _paragraphs(text):
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return tuple(tuple(_with_links(line) for line in block.splitlines()) for block in blocks if block)


def _with_links(line):
    """Pieces of a line in order: (words, "") or (address, address to follow)."""
    pieces, end = [], 0
    for found in ADDRESS.finditer(line):
        address = found.group().rstrip(".,;:)")
        pieces += [(line[end : found.start()], ""), (address, address)]
        end = found.start() + len(address)
    return tuple(piece for piece in [*pieces, (line[end:], "")] if piece[0])
