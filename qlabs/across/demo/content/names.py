"""Invented people and organisations. The surnames are made of two plain words, so that nobody can be meant."""

from dataclasses import dataclass

FIRST = (
    "Aisha", "Alun", "Amara", "Angus", "Anwen", "Aoife", "Bethan", "Bilal", "Blessing", "Callum", "Carys", "Chen",
    "Chidi", "Ciara", "Dafydd", "Dinesh", "Eilidh", "Elif", "Farah", "Fergus", "Grace", "Gwen", "Hamza", "Hana",
    "Imran", "Iona", "Ivor", "Jamila", "Jonas", "Kasia", "Kemi", "Leila", "Lorna", "Maeve", "Marek", "Mei",
    "Morag", "Nadia", "Niamh", "Nikhil", "Olive", "Omar", "Priya", "Rafael", "Rhian", "Ruth", "Sanjay", "Shona",
    "Simone", "Tariq", "Tegan", "Una", "Victor", "Wanda", "Yusuf", "Zofia",
)  # fmt: skip
BEGINNINGS = (
    "Amber", "Bracken", "Candle", "Dapple", "Ember", "Fern", "Gorse", "Hazel", "Ivory", "Juniper", "Kestrel",
    "Lantern", "Meadow", "Nettle", "Otter", "Pebble", "Quill", "Rowan", "Saffron", "Thistle", "Umber", "Velvet",
    "Willow", "Yarrow",
)  # fmt: skip
ENDINGS = ("button", "feather", "kettle", "ribbon", "spindle", "thimble", "whistle", "wicket")
SURNAMES = tuple(f"{beginning}{ending}" for beginning in BEGINNINGS for ending in ENDINGS)
MOST = len(FIRST) * len(SURNAMES)
DOMAIN = "qlabs.example"
STEP = 5237  # has no factor in common with MOST, so that every pair of names comes once


@dataclass(frozen=True)
class Name:
    """A person's name and address, both invented."""

    name: str
    email: str


def person(number):
    """The invented person with a number from 0 to MOST - 1, each another name."""
    place = number * STEP % MOST
    first, last = FIRST[place % len(FIRST)], SURNAMES[place // len(FIRST)]
    return Name(f"{first} {last}", f"{first}.{last}@{DOMAIN}".lower())


OPERATOR = Name("Olive Operator-Wicket", f"operator@{DOMAIN}")
LEAD = Name("Leila Leadwell-Ribbon", f"lead@{DOMAIN}")
MEMBER = Name("Morag Member-Thimble", f"member@{DOMAIN}")
RESEARCHER = Name("Ruth Research-Quill", f"researcher@{DOMAIN}")
DESIGNER = Name("Dinesh Design-Button", f"designer@{DOMAIN}")
COACH = Name("Carys Coach-Kettle", f"coach@{DOMAIN}")
NAMED = (OPERATOR, LEAD, MEMBER, RESEARCHER, DESIGNER, COACH)

PLACES = {
    "england": (
        ("Larkmere", "North West"), ("Stonehollow", "Yorkshire and the Humber"), ("Ambleworth", "East Midlands"),
        ("Fennick", "East of England"), ("Cressholt", "London"), ("Dunmarrow", "South West"),
        ("Pellbridge", "South East"), ("Harrowdene", "West Midlands"), ("Tynecombe", "North East"),
    ),
    "scotland": (("Glenharrow", "Highland"), ("Strathmarle", "Lothian"), ("Inverlarch", "Glasgow and Clyde")),
    "wales": (("Aberlwyd", "North Wales"), ("Cwmbedw", "South Wales"), ("Llanderi", "Mid Wales")),
    "northern-ireland": (("Ballyfern", "Belfast"), ("Derrymoss", "Western"), ("Lough Oran", "Southern")),
}  # fmt: skip
KINDS = {
    "lived-experience": (("{} Patients' Voice", "patient-group"), ("{} Friends of Care", "charity")),
    "carer": (("{} Carers' Circle", "charity"), ("{} Patients' Voice", "patient-group")),
    "front-line-staff": (("{} Hospitals", "nhs"), ("{} Community Care", "social-care")),
    "manager": (("{} Hospitals", "nhs"), ("{} Health Board", "nhs"), ("{} Council", "council")),
    "qi": (("{} Hospitals", "nhs"), ("{} Improvement Centre", "nhs"), ("{} Health Board", "nhs")),
    "researcher": (("University of {}", "university"),),
    "commissioner-policy": (("{} Care Partnership", "nhs"), ("{} Council", "council")),
    "designer": (("{} Design Works", "company"), ("{} Homes", "housing")),
    "other": (("{} Homes", "housing"), ("{} Libraries", "other")),
}
SKILLS = (
    "Listening, patient stories", "Run charts", "Facilitation", "Co-design", "Interviewing", "Process mapping",
    "Plain English", "Statistics", "Community organising", "", "", "",
)  # fmt: skip
OFFERS = (
    "I can comment on drafts.", "I can host a visit.", "I can test an idea with my team.",
    "I can share what my family has lived through.", "I can help with numbers.", "", "", "",
)  # fmt: skip


def profile(rng, *, nation, perspective):
    """The rest of an invented member's profile, fitting to nation and perspective."""
    place, region = rng.choice(PLACES[nation])
    organisation, kind = rng.choice(KINDS[perspective])
    return {
        "nation": nation,
        "perspective": perspective,
        "region": region,
        "organisation": organisation.format(place),
        "organisation_kind": kind,
        "skills": rng.choice(SKILLS),
        "offer": rng.choice(OFFERS),
    }
