"""The log of a lab in words."""

import re
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qlabs.base.ui.words import day, when

from . import stages

ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(\+\d\d:\d\d|Z))?")
EMPTY = (None, "", [], {})
WHAT = {
    "lab.created": gettext_lazy("Lab set up"),
    "lab.updated": gettext_lazy("Settings changed"),
    "lab.theme_chosen": gettext_lazy("Theme chosen"),
    "lab.challenge_set": gettext_lazy("Challenge set"),
    "lab.team_changed": gettext_lazy("Team changed"),
    "lab.funding_recorded": gettext_lazy("Funding recorded"),
    "lab.funding_removed": gettext_lazy("Funding removed"),
    "lab.stages_dated": gettext_lazy("Stage dates changed"),
    "lab.stage_opened": gettext_lazy("Stage opened"),
    "lab.stage_closed": gettext_lazy("Stage closed"),
    "lab.gate_passed": gettext_lazy("Gate passed"),
    "lab.archived": gettext_lazy("Lab archived"),
    "lab.restored": gettext_lazy("Lab brought back"),
    "demo.begun": gettext_lazy("Making of the demo begun"),
    "demo.made": gettext_lazy("Demo made"),
    "people.invited": gettext_lazy("Person invited"),
    "people.list_invited": gettext_lazy("People invited by a list"),
    "people.reminded": gettext_lazy("Invited person reminded"),
    "people.everyone_reminded": gettext_lazy("Invited people reminded"),
    "people.accepted": gettext_lazy("Invitation accepted"),
    "people.declined": gettext_lazy("Invitation declined"),
    "people.may_be_asked_again": gettext_lazy("May be invited again"),
    "people.invitation_cancelled": gettext_lazy("Invitation cancelled"),
    "people.joined": gettext_lazy("Person joined"),
    "themes.proposed": gettext_lazy("Theme proposed"),
    "themes.shortlisted": gettext_lazy("Theme shortlisted"),
    "themes.unshortlisted": gettext_lazy("Theme taken off the shortlist"),
    "themes.put_on_ballot": gettext_lazy("Theme put to the vote"),
    "themes.edited": gettext_lazy("Theme changed"),
    "themes.draft_saved": gettext_lazy("Draft of a theme saved"),
    "themes.draft_discarded": gettext_lazy("Draft of a theme deleted"),
    "themes.commented": gettext_lazy("Comment written"),
    "themes.comment_hidden": gettext_lazy("Comment hidden"),
    "themes.supported": gettext_lazy("Support for a theme given"),
    "themes.unsupported": gettext_lazy("Support for a theme removed"),
    "themes.withdrawn": gettext_lazy("Theme withdrawn"),
    "ballots.created": gettext_lazy("Vote drafted"),
    "ballots.edited": gettext_lazy("Draft vote changed"),
    "ballots.discarded": gettext_lazy("Draft vote deleted"),
    "ballots.held_up": gettext_lazy("Voting could not open"),
    "ballots.opened": gettext_lazy("Voting opened"),
    "ballots.roll_corrected": gettext_lazy("Person taken off the voters’ list"),
    "ballots.reminded": gettext_lazy("Voters reminded"),
    "ballots.email_worded": gettext_lazy("Words of an email to voters changed"),
    "ballots.email_tried": gettext_lazy("Email to voters sent to oneself first"),
    "ballots.reminder_planned": gettext_lazy("Reminder to voters planned"),
    "ballots.reminder_cancelled": gettext_lazy("Planned reminder cancelled"),
    "ballots.reminder_left_out": gettext_lazy(
        "Planned reminder left out: less than a week since the last one"
    ),
    "ballots.reminder_to_nobody": gettext_lazy("Planned reminder not sent: nobody was left to remind"),
    "ballots.closed": gettext_lazy("Voting closed"),
    "ballots.early_closing_asked": gettext_lazy("Early closing announced"),
    "ballots.early_closing_agreed": gettext_lazy("Early closing agreed by a second member of the team"),
    "ballots.early_closing_withdrawn": gettext_lazy("Early closing withdrawn"),
    "ballots.extended": gettext_lazy("Voting extended"),
    "ballots.everybody_voted": gettext_lazy("Voting ended early because everybody had voted"),
    "ballots.stopped": gettext_lazy("Voting stopped"),
    "ballots.voided": gettext_lazy("Voting ended without a result"),
    "ballots.declared": gettext_lazy("Result declared"),
    "stations.set_up": gettext_lazy("Voting station set up"),
    "stations.closed": gettext_lazy("Voting station closed"),
    "stations.cards_asked": gettext_lazy("Voting cards asked for"),
    "stations.cards_printed": gettext_lazy("Voting cards printed"),
    "story.written": gettext_lazy("Story entry written"),
    "story.edited": gettext_lazy("Story entry changed"),
    "story.deleted": gettext_lazy("Story entry deleted"),
    "story.picture_removed": gettext_lazy("Picture removed from the story"),
}
LABELS = {
    "is_public": gettext_lazy("Anyone can see the lab"),
    "is_pilot": gettext_lazy("Pilot lab"),
    "starts_on": gettext_lazy("First day"),
    "ends_on": gettext_lazy("Last day"),
    "opens_at": gettext_lazy("Opens"),
    "closes_at": gettext_lazy("Closes"),
    "ends_at": gettext_lazy("Closing time"),
    "unmet": gettext_lazy("Not met"),
    "reminder": gettext_lazy("Reminder number"),
    "roll": gettext_lazy("People on the voters’ list"),
    "corrections": gettext_lazy("People taken off it since voting opened"),
    "check_code": gettext_lazy("Check code of the vote"),
    "fingerprint_of_keys": gettext_lazy("Fingerprint of all keys"),
    "fingerprint_of_codes": gettext_lazy("Fingerprint of all participation codes"),
}
_told = {}


def tell_fact(name, label, function):
    """Let another app put a fact of its events into words: `function(value)` gives them."""
    _told[name] = (label, function)


def kind(what):
    """A kind of event in words: ours, else "Ballots: roll corrected" from its name."""
    return WHAT.get(what) or _label(what.replace(".", ": "))


def facts(event, names):
    """(name, words) of each fact that says something, `before` and `after` side by side. names: pk -> name."""
    before, after = event.facts.get("before"), event.facts.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        return [(_name(name), f"{plain(before.get(name))} → {plain(after[name])}") for name in after]
    several = [names.get(pk, pk) for pk in event.facts.get("for_people", [])]
    known = {**event.facts, "person": names.get(event.facts.get("person")), "for_people": several}
    return [_fact(name, known[name]) for name, value in event.facts.items() if value not in EMPTY]


def _fact(name, value):
    label, function = _told.get(name) or (_name(name), plain)
    return str(label), function(value)


def plain(value):
    """A fact as a person reads it."""
    if value in EMPTY:
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return ", ".join(f"{_label(name)}: {plain(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(plain(one) for one in value)
    text = str(value)
    return str(stages.BY_KEY[text].name) if text in stages.BY_KEY else _moment(text)


def _moment(text):
    """A moment or day in our own words, where the text is one."""
    if not ISO.fullmatch(text):
        return text
    try:
        return when(datetime.fromisoformat(text)) if "T" in text else day(date.fromisoformat(text))
    except ValueError:  # it only looked like one
        return text


def _name(fact):
    return str(LABELS.get(fact) or _label(fact))


def _label(name):
    return name.replace("_", " ").capitalize()
