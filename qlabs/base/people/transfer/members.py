"""Rows of text to members: who can be invited, who is here already, and which rows cannot be used and why."""

import unicodedata
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qlabs.base.core.plain import plain, plain_address

from .. import queries
from .choices import CHOICES, understood
from .columns import has_name, matched
from .sheets import Unreadable

LONGEST = {"name": 150, "email": 254, "organisation": 200, "region": 100, "skills": 1000, "offer": 1000}
LONG_TEXTS = ("skills", "offer")
NEEDED = ("name", "email")
UNKNOWN = {
    "perspective": gettext_lazy("is not on the list of perspectives"),
    "nation": gettext_lazy("is not a nation we know"),
    "organisation_kind": gettext_lazy("is not a type we know"),
}


@dataclass
class ReadList:
    """What a sheet holds, under its headings.

    columns: {what: number of its column}; rows: clean values; refused: {"row", "cells", "reasons" by column}; ignored:
    {"row", "column", "cell", "reason"} of values that are left out; known: how many people are here already.
    """

    headings: list
    columns: dict
    rows: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    ignored: list = field(default_factory=list)
    known: int = 0


def read_members(sheet, columns=None):
    """Sort the rows of a sheet into those that can be invited, refused, and known already.

    columns: {what: number of its column}, where somebody has matched them by hand. Without a column of names and one of
    addresses there is nobody on it.
    """
    columns = matched(sheet.headings) if columns is None else columns
    read, seen = ReadList(_headings(sheet), columns), {}
    if "email" not in columns or not has_name(columns):
        return read
    emails = {plain_address(_cell(cells, columns["email"])) for _number, cells in sheet.rows}
    people = queries.known_emails({email for email in emails if email.isascii() and email.isprintable()})
    for number, cells in sheet.rows:
        values, reasons, ignored = _clean(cells, columns)
        email = values["email"]
        if "email" not in reasons:
            reasons |= _about_address(email, people, seen)
        if reasons:
            read.refused.append(_refusal(number, cells, reasons, columns))
            continue
        seen[email] = number
        if email in people and people[email].is_member:
            read.known += 1
        else:
            read.rows.append(values)
            read.ignored += [
                _left_out(number, cells, columns[name], reason) for name, reason in ignored.items()
            ]
    return read


def read_guests(sheet):
    """Sort the rows of a sheet into those that can be invited to a lab and refused; who is here is never looked up.

    Raises Unreadable where no column is headed as the names or the addresses.
    """
    columns, seen = matched(sheet.headings), set()
    _refuse_without(columns)
    read = ReadList(_headings(sheet), columns)
    for number, cells in sheet.rows:
        values, reasons, _ignored = _clean(cells, columns)
        if reasons:
            read.refused.append(_refusal(number, cells, reasons, columns))
        elif values["email"] not in seen:
            seen.add(values["email"])
            read.rows.append({"name": values["name"], "email": values["email"]})
    return read


def _refuse_without(columns):
    if "email" not in columns:
        raise Unreadable(
            _("No column is headed “Email”. The first row should hold headings such as Name and Email.")
        )
    if not has_name(columns):
        raise Unreadable(
            _("No column is headed “Name”. The first row should hold headings such as Name and Email.")
        )


def _headings(sheet):
    return [_shown(heading) for heading in sheet.headings]


def _clean(cells, columns):
    """(values, why the row is refused, why a value is left out), by what they are."""
    values = {name: _cell(cells, number) for name, number in columns.items()}
    values |= {name: plain(value) for name, value in values.items() if name not in LONG_TEXTS}
    names = [values.pop("first_name", ""), values.pop("last_name", "")]
    values["name"] = values.get("name") or " ".join(filter(None, names))
    values["email"] = plain_address(values["email"])
    values |= {name: understood(name, values[name]) or values[name] for name in CHOICES if values.get(name)}
    reasons = {name: reason for name, value in values.items() if (reason := _reason(name, value))}
    ignored = {name: reasons.pop(name) for name in list(reasons) if name not in NEEDED}
    return values | dict.fromkeys(ignored, ""), reasons, ignored


def _reason(name, value):
    if any(map(_is_control, value)):
        return _("has characters that cannot be shown")
    if len(value) > LONGEST.get(name, 200):
        return _("is too long: at most %(most)s characters") % {"most": LONGEST.get(name, 200)}
    if name == "name":
        return "" if value else _("is missing")
    if name == "email":
        return _about_form(value)
    if name in CHOICES and value and value not in CHOICES[name].values:
        return str(UNKNOWN[name])
    return ""


def _about_form(email):
    if not email:
        return _("is missing")
    try:
        validate_email(email)
    except (ValidationError, UnicodeError):
        return _("is not an email address like name@example.com")
    return "" if email.isascii() else _("is not an email address like name@example.com")


def _about_address(email, people, seen):
    if email in seen:
        return {"email": _("is the same as in row %(row)s") % {"row": seen[email]}}
    if email in people and not people[email].is_active:
        return {"email": _("belongs to an account that was closed")}
    return {}


def _left_out(number, cells, column, reason):
    return {"row": number, "column": column, "cell": _shown(_cell(cells, column)), "reason": reason}


def _refusal(number, cells, reasons, columns):
    places = {"name": columns.get("name", columns.get("first_name", columns.get("last_name")))}
    by_column = {str(places.get(name, columns.get(name))): reason for name, reason in reasons.items()}
    return {"row": number, "cells": [_shown(cell) for cell in cells], "reasons": by_column}


def _shown(text):
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_control(character) else character for character in text)


def _is_control(character):
    return unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t"


def _cell(cells, number):
    return cells[number] if number < len(cells) else ""
