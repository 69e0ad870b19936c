"""Rows of text to members: who can be invited, who is here already, and which rows cannot be used and why."""

import re
import unicodedata
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qlabs.base.core.plain import plain, plain_address

from .. import queries
from ..models import Nation, OrganisationKind, Perspective
from .sheets import Unreadable

HEADINGS = {
    "name": {"name", "fullname", "yourname", "membername"},
    "first_name": {"firstname", "forename", "givenname"},
    "last_name": {"lastname", "surname", "familyname"},
    "email": {"email", "emailaddress", "mail", "eaddress", "contactemail"},
    "perspective": {"perspective", "role", "background", "ibring"},
    "organisation": {"organisation", "organization", "organisationname", "employer", "org"},
    "organisation_kind": {
        "organisationtype",
        "organizationtype",
        "organisationkind",
        "typeoforganisation",
        "orgtype",
    },
    "nation": {"nation", "country", "uknation"},
    "region": {"region", "area", "county"},
    "skills": {"skills", "expertise"},
    "offer": {"offer", "whaticanoffer", "canoffer", "icanoffer"},
}
LONGEST = {"name": 150, "email": 254, "organisation": 200, "region": 100, "skills": 1000, "offer": 1000}
LONG_TEXTS = ("skills", "offer")
CHOICES = {"perspective": Perspective, "nation": Nation, "organisation_kind": OrganisationKind}
UNKNOWN = {
    "perspective": gettext_lazy("is not a perspective we know"),
    "nation": gettext_lazy("is not a nation we know"),
    "organisation_kind": gettext_lazy("is not a type we know"),
}
ALSO = {
    "perspective": {
        "frontline": "front-line-staff",
        "clinician": "front-line-staff",
        "patient": "lived-experience",
    },
    "nation": {"ni": "northern-ireland"},
    "organisation_kind": {"localauthority": "council", "voluntary": "charity"},
}


@dataclass
class ReadList:
    """rows: clean values; refused: {"row", "cells", "reasons" by column}; known: how many are here already."""

    headings: list
    rows: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    known: int = 0


def read_members(sheet):
    """Sort the rows of a sheet into those that can be invited, refused, and known already. Raises Unreadable."""
    columns = _columns(sheet.headings)
    emails = {plain_address(_cell(cells, columns["email"])) for _number, cells in sheet.rows}
    people = queries.known_emails({email for email in emails if email.isascii() and email.isprintable()})
    read, seen = ReadList(headings=[_shown(heading) for heading in sheet.headings]), {}
    for number, cells in sheet.rows:
        values, reasons = _clean(cells, columns)
        email = values.get("email", "")
        if "email" not in reasons:
            reasons |= _about_address(email, people, seen)
            seen.setdefault(email, number)
        if reasons:
            read.refused.append(_refusal(number, cells, reasons, columns))
        elif email in people and people[email].is_member:
            read.known += 1
        else:
            read.rows.append(values)
    return read


def read_guests(sheet):
    """Sort the rows of a sheet into those that can be invited to a lab and refused; who is here is never looked up."""
    columns = _columns(sheet.headings)
    read, seen = ReadList(headings=[_shown(heading) for heading in sheet.headings]), {}
    for number, cells in sheet.rows:
        values, reasons = _clean(cells, columns)
        email = values.get("email", "")
        if reasons:
            read.refused.append(_refusal(number, cells, reasons, columns))
        elif email not in seen:
            read.rows.append({"name": values["name"], "email": email})
        seen.setdefault(email, number)
    return read


def _columns(headings):
    found = {}
    for number, heading in enumerate(headings):
        plain = _plain(heading)
        for name, spellings in HEADINGS.items():
            if plain in spellings:
                found.setdefault(name, number)
    if "email" not in found:
        raise Unreadable(
            _("No column is headed “Email”. The first row should hold headings such as Name and Email.")
        )
    if not {"name", "first_name", "last_name"} & set(found):
        raise Unreadable(
            _("No column is headed “Name”. The first row should hold headings such as Name and Email.")
        )
    return found


def _clean(cells, columns):
    values = {name: _cell(cells, number) for name, number in columns.items()}
    values |= {name: plain(value) for name, value in values.items() if name not in LONG_TEXTS}
    names = [values.pop("first_name", ""), values.pop("last_name", "")]
    values["name"] = values.get("name") or " ".join(filter(None, names))
    values["email"] = plain_address(values["email"])
    reasons = {name: reason for name, value in values.items() if (reason := _reason(name, value))}
    for name in CHOICES:
        if values.get(name) and name not in reasons:
            values[name] = _choice(name, values[name])
    return values, reasons


def _reason(name, value):
    if any(map(_is_control, value)):
        return _("has characters that cannot be shown")
    if len(value) > LONGEST.get(name, 200):
        return _("is too long: at most %(most)s characters") % {"most": LONGEST.get(name, 200)}
    if name == "name":
        return "" if value else _("is missing")
    if name == "email":
        return _about_form(value)
    if name in CHOICES and value and not _choice(name, value):
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


def _choice(name, value):
    plain = _plain(value)
    for key, label in CHOICES[name].choices:
        if plain in (_plain(key), _plain(str(label))):
            return key
    return ALSO[name].get(plain, "")


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


def _plain(text):
    return re.sub(r"[^a-z0-9]", "", text.lower())
