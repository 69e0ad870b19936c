"""One thing that waits for a person; every app hands a list of these to the hub."""

from dataclasses import dataclass
from datetime import datetime

from .models import Lab


@dataclass(frozen=True)
class Waiting:
    """`title` says what to do, `url` leads there, `minutes` is how long it takes, `due` when it is too late."""

    title: str
    url: str
    minutes: int
    lab: Lab | None = None
    due: datetime | None = None
