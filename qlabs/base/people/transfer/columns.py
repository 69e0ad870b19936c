"""Which row of a list names its columns, and which column holds what."""

import re

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
NAMES = ("name", "first_name", "last_name")
MOST_ABOVE = 20


def matched(headings):
    """{what: number of its column}, by the words of the headings."""
    found = {}
    for number, heading in enumerate(headings):
        plain = re.sub(r"[^a-z0-9]", "", heading.lower())
        for name, spellings in HEADINGS.items():
            if plain in spellings:
                found.setdefault(name, number)
    return found


def has_name(columns):
    return not columns.keys().isdisjoint(NAMES)


def headings_and_rows(rows):
    """The headings, which titles may stand above, and the rows below them; no headings where people come first."""
    first = [cells for _number, cells in rows[:MOST_ABOVE]]
    place = max(range(len(first)), key=lambda place: len(matched(first[place]).keys() & {"email", *NAMES}))
    if matched(first[place]):
        return first[place], rows[place + 1 :]
    people = next((place for place, cells in enumerate(first) if any("@" in cell for cell in cells)), None)
    if people is not None:
        return first[people - 1] if people else [], rows[people:]
    widest = max(range(len(first)), key=lambda place: sum(map(bool, first[place])))
    return first[widest], rows[widest + 1 :]
