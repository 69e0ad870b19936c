"""A lab's log as JSON lines, to be checked away from here with scripts/verify_log.py."""

import json
from pathlib import Path

from . import events
from .models import Event

FORMAT = "qlabs-log-1"
FIELDS = ("previous", "number", "at", "lab", "by", "what", "on_kind", "on_id", "facts")
PROGRAM = Path(__file__).resolve().parents[3] / "scripts" / "verify_log.py"


def log_file(lab):
    """The lab's own chain, oldest first, after a line that says how long it is and where it ends."""
    head = events.head(lab)
    told = {
        "format": FORMAT, "lab": lab.pk, "address": lab.slug, "number": head.number, "head": head.hash,
    }  # fmt: skip
    rows = Event.objects.filter(chain__lab=lab, number__lte=head.number).order_by("number")
    return "".join(f"{json.dumps(line)}\n" for line in (told, *map(_line, rows)))


def program():
    """The text of scripts/verify_log.py."""
    return PROGRAM.read_text(encoding="utf-8")


def _line(event):
    return dict(zip(FIELDS, events.content(event), strict=True)) | {"hash": event.hash}
