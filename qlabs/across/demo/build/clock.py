"""When things happen in the pilot: as they were, or with its vote open at the moment the demo is made."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from qlabs.across.demo.content.entries import on
from qlabs.base.ui.words import LONDON

OPEN_FOR, OPEN_SINCE = timedelta(days=14), timedelta(days=3)


@dataclass(frozen=True)
class Dates:
    """The moments of one lab's vote, and the days of its year."""

    proposed: datetime
    shortlisted: datetime
    opened: datetime
    reminded: datetime
    closes: datetime
    declared: datetime
    moved_on: datetime
    starts_on: date
    ends_on: date


AS_IT_WAS = Dates(
    proposed=on(2016, 11, 7, 9),
    shortlisted=on(2016, 12, 12, 15),
    opened=on(2017, 1, 16, 9),
    reminded=on(2017, 2, 1, 9),
    closes=on(2017, 2, 13, 17),
    declared=on(2017, 2, 15, 11),
    moved_on=on(2017, 2, 27, 10),
    starts_on=date(2017, 4, 1),
    ends_on=date(2018, 3, 31),
)


def open_now(at):
    """Dates of a vote that opened three days ago at nine and closes in two weeks at five."""
    today = at.astimezone(LONDON).date()
    closes = _hour(today + OPEN_FOR, 17)
    return Dates(
        proposed=_hour(today - timedelta(days=24), 9),
        shortlisted=_hour(today - timedelta(days=7), 15),
        opened=_hour(today - OPEN_SINCE, 9),
        reminded=_hour(today + timedelta(days=7), 9),
        closes=closes,
        declared=closes + timedelta(hours=16),
        moved_on=closes + timedelta(days=7),
        starts_on=today + timedelta(days=28),
        ends_on=today + timedelta(days=28 + 7 * 44),
    )


def _hour(day, hour):
    return datetime.combine(day, time(hour), tzinfo=LONDON)
