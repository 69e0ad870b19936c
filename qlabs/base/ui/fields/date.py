"""Date and time fields: three or four boxes, and errors that name the missing one."""

import re
from datetime import UTC, date, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qlabs.base.ui.fields import params as show
from qlabs.base.ui.fields.component import Component
from qlabs.base.ui.words import LONDON, clock, comes_twice, day, when

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PARTS = {"day": _("day"), "month": _("month"), "year": _("year"), "time": _("time")}
LABELS = {"day": _("Day"), "month": _("Month"), "year": _("Year"), "time": _("Time")}
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LAST_MINUTE = time(23, 59)
_ZONE = re.compile(r"(.+?)(?:\s*\b(GMT|BST))?", re.ASCII | re.IGNORECASE | re.DOTALL)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*([ap])?\.?m?\.?", re.ASCII)


class Boxes(forms.Widget):
    """Reads name-day, name-month, name-year (and name-time) as one dict."""

    def __init__(self, parts, attrs=None):
        self.parts = parts
        super().__init__(attrs)

    def value_from_datadict(self, data, files, name):
        return {part: (data.get(f"{name}-{part}") or "").strip() for part in self.parts}

    def value_omitted_from_data(self, data, files, name):
        return not any(f"{name}-{part}" in data for part in self.parts)


class DateField(Component, forms.Field):
    """NHS date input; cleans to a date, or None."""

    template_name = "ui/fields/date.jinja"
    required_message = _("Enter a date")
    parts = ("day", "month", "year")

    def __init__(self, *args, **kwargs):
        self.earliest = kwargs.pop("earliest", None)
        self.latest = kwargs.pop("latest", None)
        super().__init__(*args, widget=Boxes(self.parts), **kwargs)

    def to_python(self, value):
        if value is None or isinstance(value, date):
            return value
        if not any(value.values()):
            return None
        if missing := [part for part in self.parts if not value[part]]:
            raise self.wrong(_("%(label)s must include a %(which)s"), missing)
        return self._whole(value)

    def _whole(self, value):
        return self.date(value)

    def date(self, value):
        """The date in the boxes, or an error that names the wrong ones."""
        read = {"day": _number, "month": _month, "year": _year}
        numbers = {part: how(value[part]) for part, how in read.items()}
        if wrong := [part for part, found in numbers.items() if found is None]:
            raise self.wrong(_("%(label)s must include a real %(which)s"), wrong)
        try:
            return date(**numbers)
        except ValueError as error:
            raise self.wrong(_("%(label)s must be a date that exists"), ("day", "month", "year")) from error

    def wrong(self, message, parts=(), **params):
        """An error that knows its boxes and says their names."""
        which = _now(" and ").join(str(PARTS[part]) for part in parts)
        label = self.label or _now("The date")
        return ValidationError(
            message, code="invalid", params={"parts": parts, "which": which, "label": label, **params}
        )

    def validate(self, value):
        super().validate(value)
        if value and self.earliest and value < self.earliest:
            raise self.wrong(_("%(label)s must not be before %(limit)s"), limit=_shown(self.earliest))
        if value and self.latest and value > self.latest:
            raise self.wrong(_("%(label)s must not be after %(limit)s"), limit=_shown(self.latest))

    def has_changed(self, initial, data):
        return _spread(initial, self.parts) != _spread(data, self.parts)

    def wrong_parts(self, bound):
        """The boxes to mark: those an error names, else all."""
        if not bound.errors:
            return ()
        errors = bound.form.errors[bound.name].as_data()
        named = [part for error in errors for part in (error.params or {}).get("parts", ())]
        return named or self.parts

    def error_id(self, bound):
        return f"{bound.auto_id}-{self.wrong_parts(bound)[0]}"

    def params(self, bound):
        wrong, values = self.wrong_parts(bound), _spread(bound.value(), self.parts)
        items = [self._item(bound, part, values[part]) for part in self.parts]
        for item, part in zip(items, self.parts, strict=True):
            item["error"] = part in wrong
        return show.grouped(bound) | {"id": bound.auto_id, "items": items}

    def _item(self, bound, part, value):
        return {
            "name": f"{bound.html_name}-{part}",
            "id": f"{bound.auto_id}-{part}",
            "label": {"text": str(LABELS[part])},
            "value": value,
            "width": {"year": 4, "time": 10}.get(part, 2),
            "inputmode": "text" if part == "time" else "numeric",
        }


class DateTimeField(DateField):
    """Date input and a time such as 5pm or 17:00; cleans to an aware datetime in London.

    ends: the moment is the end of something, so that midnight is the end of the day that was typed.
    """

    required_message = _("Enter a date and time")
    parts = ("day", "month", "year", "time")

    def __init__(self, *args, **kwargs):
        self.ends = kwargs.pop("ends", False)
        super().__init__(*args, **kwargs)

    def prepare_value(self, value):
        return value - MINUTE if self.ends and _is_midnight(value) else value

    def _whole(self, value):
        plain, zone = _without_zone(value["time"])
        try:
            clock_time = parse_time(plain)
        except ValueError as error:
            raise self.wrong(_("%(label)s must have a time like 5pm or 17:00"), ["time"]) from error
        if self.ends and clock_time == time(0):
            clock_time = LAST_MINUTE
        return self._once(datetime.combine(self.date(value), clock_time, tzinfo=LONDON), zone)

    def _once(self, local, zone):
        """The moment at which the clocks show this; an error that offers two others where it is none or two."""
        if comes_twice(local):
            found = [one for one in _both(local) if one.tzname() == zone]
            if not found:
                words = _(
                    "%(label)s comes twice, as the clocks go back that night. Enter %(first)s or %(second)s"
                )
                raise self._either(words, *_both(local))
            return found[0]
        if local.astimezone(UTC).astimezone(LONDON).replace(fold=0) != local:
            words = _(
                "%(label)s does not exist, as the clocks go forward that night. Enter %(first)s or %(second)s"
            )
            raise self._either(words, local - HOUR, local + HOUR)
        if zone and zone != local.tzname():
            raise self.wrong(_("%(label)s must be in UK time, without GMT or BST"), ["time"])
        return local

    def _either(self, message, first, second):
        return self.wrong(message, ["time"], first=clock(first), second=clock(second))


def parse_time(text):
    """5pm, 5:30pm, 5.30 pm, 17:00, midday, noon or midnight; else ValueError."""
    text = text.strip().lower()
    if text in ("midday", "noon", "midnight"):
        return time(0 if text == "midnight" else 12)
    found = _CLOCK.fullmatch(text)
    if not found or not (found[2] or found[3]):
        raise ValueError("not a time")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        raise ValueError("not an hour of the clock face")
    return time(hour % 12 + (12 if half == "p" else 0) if half else hour, minute)


def _without_zone(text):
    """(the time, "GMT", "BST" or nothing) of a time as it was typed."""
    found = _ZONE.fullmatch(text.strip())
    return (found[1], (found[2] or "").upper()) if found else (text, "")


def _both(local):
    return [local.replace(fold=fold) for fold in (0, 1)]


def _is_midnight(value):
    return isinstance(value, datetime) and timezone.localtime(value, LONDON).time() == time(0)


def _number(text):
    return int(text) if re.fullmatch(r"\d{1,2}", text, re.ASCII) and 1 <= int(text) <= 31 else None


def _month(text):
    if text[:3].lower() in MONTHS and text.isascii() and text.isalpha():
        return MONTHS.index(text[:3].lower()) + 1
    number = _number(text)
    return number if number and number <= 12 else None


def _year(text):
    return int(text) if re.fullmatch(r"(19|20|21)\d\d", text, re.ASCII) else None


def _shown(limit):
    return when(limit) if isinstance(limit, datetime) else day(limit)


def _spread(value, parts):
    """A date, a dict of boxes or None, as the text of each box."""
    if isinstance(value, dict):
        return {part: show.text_of(value.get(part)) for part in parts}
    if value is None or not isinstance(value, date):
        return dict.fromkeys(parts, "")
    local = timezone.localtime(value, LONDON) if isinstance(value, datetime) else value
    texts = {"day": str(local.day), "month": str(local.month), "year": str(local.year)}
    return texts | ({"time": clock(local)} if "time" in parts else {})
