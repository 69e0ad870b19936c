"""The five themes of the pilot's vote, and those of the invented lab that a visitor can try things in."""

from dataclasses import dataclass, field, replace

INVENTED = "Invented for this demo: only the title of the theme that won was ever published."
OUR_WORDS = "The title is the one that was published in 2017. The summary is in our own words."


@dataclass(frozen=True)
class ThemeText:
    """What is proposed, by the number of the member who proposes it."""

    title: str
    summary: str
    why_now: str
    who_is_affected: str
    note: str = INVENTED
    comments: tuple = field(default=())


PILOT = (
    ThemeText(
        "Empowering people to manage their own health and care needs",
        "Most care happens at home, between visits, by people themselves and those close to them. Yet many are "
        "left without the confidence, the contacts or the support to do it well. What would help people to "
        "understand their condition, decide what matters to them, learn from others in the same place and ask for "
        "the right help at the right time?",
        "More people live with long-term conditions, and services are built around short visits.",
        "People with long-term conditions, their families and carers, and the staff who see them a few hours a year.",
        OUR_WORDS,
        (
            "My father learnt more in an hour from another patient than in a year of appointments.",
            "Please include people who find it hard to read letters, or who have no internet at home.",
            "We tried group sessions at our practice. People came for the first one and for each other after that.",
        ),
    ),
    ThemeText(
        "Joining up care when people move between services",
        "Going home from hospital, moving to a care home, turning eighteen: at each step things get lost. Medicines "
        "change without a word, plans stay behind, families repeat the same story. How can the people who hand over "
        "and those who take over work as one team, with the person herself in the middle?",
        "Every winter shows that leaving hospital safely depends on services that do not share a plan.",
        "People leaving hospital, young people moving to adult services, carers, ward and community staff.",
        comments=(
            "The discharge letter reached us nine days after she came home.",
            "Social care must be in the room from the start, not invited at the end.",
        ),
    ),
    ThemeText(
        "Making care safer for older people who live with frailty",
        "Falls, pressure sores, too many medicines, too long in bed: harm to older people often builds up slowly and "
        "in several places at once. What could hospitals, care homes and families do together, day by day, to notice "
        "early and keep people steady, moving and in charge of their own lives?",
        "There are more older people every year, and much is known that is not yet done.",
        "Older people, their families, care-home and ward staff, ambulance crews.",
        comments=("Could we look at care homes first? They are too often left out.",),
    ),
    ThemeText(
        "Better support for the mental health of children and young people",
        "Young people wait months for help and are then too ill, or not ill enough. Schools, families and clinics "
        "each see a part. How could help come earlier, closer to where young people are, and in ways that they have "
        "shaped themselves?",
        "Waiting lists grow, and young people say that they are not asked.",
        "Children and young people, parents, teachers, school nurses, mental-health teams.",
        comments=("Young people should choose the questions as well as answer them.",),
    ),
    ThemeText(
        "Helping staff to stay well and to enjoy their work",
        "Tired teams cannot give kind and safe care. Rotas, noise, missing kit and small daily frustrations wear "
        "people down and out. What simple changes, chosen by teams themselves, would bring back pride and time to "
        "care?",
        "Many posts are empty, and those who stay carry more.",
        "Everyone who works in health and care, and everyone they care for.",
    ),
)
SUITABLE = {
    "complex": {"answer": "yes", "note": "There is no single cause and no single answer."},
    "shared": {"answer": "yes", "note": "Members in all four nations say that they face it."},
    "changeable": {"answer": "yes", "note": ""},
    "not-led-elsewhere": {
        "answer": "yes",
        "note": "Others work on parts of it; nobody brings them together.",
    },
    "testable": {"answer": "yes", "note": ""},
}

LEISURE = "Invented, so that there is something to vote on in this demo."
OPEN_LAB = (
    ThemeText(
        "A good night's sleep in hospital",
        "Wards are loud and bright at night. People who sleep badly heal more slowly, fall more often and go home "
        "later. What would it take for everyone in hospital to sleep as well as they can, without making care "
        "less safe?",
        "It costs little to try, and every ward can.",
        "Everyone who stays in hospital overnight, and night staff.",
        LEISURE,
        ("Soft-closing bins changed our ward more than any policy.",),
    ),
    ThemeText(
        "Letters that everyone understands",
        "Letters about appointments and results are often written for other professionals. People miss visits, "
        "worry without need or do not know what to do next. How could every letter be clear to the person it is "
        "about?",
        "New systems make it easy to change the words.",
        "Everyone who gets letters from a service, and those who answer the telephone afterwards.",
        LEISURE,
        ("Could we have large print without asking each time?",),
    ),
    ThemeText(
        "Carers as partners",
        "Carers know what works for the person they look after, and are often asked last. How could services see, "
        "hear and support carers from the first day, and share what they need to know?",
        "Most people will be a carer at some time in their life.",
        "Carers of any age, the people they care for, and staff.",
        LEISURE,
    ),
    ThemeText(
        "Getting medicines right at home",
        "Many people take five or more medicines. Boxes change colour, leaflets disagree, and nobody looks at the "
        "whole. What would help people and families to take what helps, and stop what does not?",
        "Medicines change hands more often than ever.",
        "People with several medicines, carers, pharmacists, doctors and nurses.",
        LEISURE,
    ),
    ThemeText(
        "Waiting well",
        "While people wait for treatment they get weaker, worry and lose touch. What could be done during the wait, "
        "by people themselves and with others, so that they are as well as possible when it ends?",
        "Waits are long, and will be for some time.",
        "Everyone on a waiting list, their families and their employers.",
        LEISURE,
    ),
)


def many(count):
    """As many themes as are asked for, for an installation that is only there to be big."""
    pool = PILOT + OPEN_LAB
    return [
        replace(pool[n % len(pool)], title=f"{pool[n % len(pool)].title} ({n + 1})") for n in range(count)
    ]
