"""Reads of the roll: who may vote, and in what numbers."""

import hashlib
import json
from collections import Counter

from django.db.models import Count
from django.utils.translation import gettext as _

from qlabs.base.core.search import by_text, found
from qlabs.base.people.models import Nation, Person, Perspective
from qlabs.base.people.queries import possible_doubles

from .. import links, statements
from ..models import Attribute, Ballot, Correction, CorrectionAsked, CountedVote, RollEntry, State, Voters
from .box import CHOICE, REASON
from .sources import roll_sources, told_additions, told_sources

WORDS = {Attribute.NATION: Nation, Attribute.PERSPECTIVE: Perspective}
MOST_DOUBLES = 20


def people_for(ballot):
    """Everybody who would be on the roll if it were frozen now, in a fixed order."""
    people = Person.objects.filter(is_active=True).order_by("pk")
    if ballot.voters == Voters.LAB:
        return people.filter(memberships__lab=ballot.lab_id).distinct()
    return people.filter(joined_at__isnull=False)


def is_hidden_from_voters(ballot):
    """Whether it would ask people to vote who cannot see its lab: the whole community, in a private one."""
    return ballot.voters != Voters.LAB and not ballot.lab.is_public


def roll_to_be(ballot):
    """The roll as it would be frozen now: how many, by nation, where from, and who may be on it twice."""
    people = list(people_for(ballot).select_related("organisation"))
    counted = Counter(person.nation for person in people)
    named = [(words, counted[value]) for value, words in groups_of(Attribute.NATION) if counted[value]]
    groups = [{"name": words, "value": people} for words, people in named]
    sources = roll_sources(ballot, people)
    return {
        "size": len(people),
        "groups": groups,
        "sources": told_sources(sources),
        "added": told_additions(sources),
        "doubles": possible_doubles(people)[:MOST_DOUBLES],
    }


def groups_of(attribute):
    """[(value, words)] of an attribute, and the empty value for "not stated"."""
    return [*WORDS[attribute].choices, ("", _("Not stated"))]


def entry_of(ballot, person):
    """The person's place on the roll, or None; it keeps the ballot that was asked with."""
    if not person.is_authenticated or ballot.state == "draft":
        return None
    entry = RollEntry.objects.filter(ballot=ballot, person_id=person.pk).first()
    if entry:
        entry.ballot = ballot
    return entry


def entry_by_token(token):
    """The place on the roll that a personal link stands for, or None; the link's ballot comes with it."""
    return _genuine(token, _claimed(token))


def entry_to_sign(token):
    """The same, with only what signing needs: this is asked by everybody in the last minute."""
    row = statements.first(statements.ENTRY, links.voter_id(token) or None)
    return _genuine(token, _to_sign(row) if row else None)


def was_replaced(token):
    """Whether a personal link was ours once, and is of no use now: replaced since, or of a closed account."""
    entry = _claimed(token)
    if entry is None:
        return False
    return links.is_old(token, entry, entry.ballot) or links.is_genuine(token, entry, entry.ballot)


def corrections_asked(ballot):
    """Whom somebody asked to take off the roll and who is still on it, by name."""
    asked = CorrectionAsked.objects.filter(entry__ballot=ballot).select_related("entry__person")
    return asked.order_by("entry__person__name", "pk")


def is_of_closed_account(token):
    """Whether a personal link was ours and its person's account is closed."""
    entry = _claimed(token)
    return entry is not None and not entry.person.is_active and was_replaced(token)


def was_taken_off(token):
    """Whether a personal link was ever that of somebody who was taken off the roll."""
    row = (
        Correction.objects.select_related("ballot", "person")
        .filter(voter_id=links.voter_id(token) or None)
        .first()
    )
    return row is not None and (
        links.is_genuine(token, row, row.ballot) or links.is_old(token, row, row.ballot)
    )


def was_code_of_taken_off(ballot, code):
    """The same of a personal code for a voting station."""
    rows = Correction.objects.filter(ballot=ballot, voter_id__startswith=links.voter_id_start(code))
    return any(links.is_code_of(code, row, ballot) for row in rows.select_related("person"))


def _claimed(token):
    """The place on the roll that a link says it is for."""
    rows = RollEntry.objects.select_related("ballot", "person").order_by()
    return rows.filter(voter_id=links.voter_id(token) or None).first()


def _to_sign(row):
    pk, ballot_pk, voter_id, nation, perspective, code, breakdowns, reason_prompt, *person = row
    ballot = Ballot(pk=ballot_pk, code=code, breakdowns=json.loads(breakdowns), reason_prompt=reason_prompt)
    person_pk, link_number, is_active = person
    person = Person(pk=person_pk, link_number=link_number, is_active=bool(is_active))
    return RollEntry(
        pk=pk, ballot=ballot, person=person, voter_id=voter_id, nation=nation, perspective=perspective
    )


def _genuine(token, entry):
    is_good = entry is not None and entry.person.is_active and links.is_genuine(token, entry, entry.ballot)
    return entry if is_good else None


def scopes_of(ballot, entry):
    """What is signed for this voter: her vote, a group in each breakdown, also "not stated", and a reason if asked.

    So everybody has the same number of them, whatever she is, chooses or writes.
    """
    groups = [scope(attribute, getattr(entry, attribute)) for attribute in ballot.breakdowns]
    return [CHOICE, *groups, *([REASON] if ballot.reason_prompt else [])]


def scope(attribute, value):
    return f"{attribute}:{value}"


def roll_sha256(ballot_pk):
    """SHA-256 over the roll in member order; the voters' random numbers keep it from being guessed."""
    rows = RollEntry.objects.filter(ballot_id=ballot_pk).order_by("person_id")
    names = ("voter_id", "person_id", "nation", "perspective", "participation_code")
    mark = hashlib.sha256(b"qlabs-roll-1\n")
    for row in rows.values_list(*names).iterator():
        known = [fact for fact in row if fact is not None]  # a roll from before there were codes has none
        mark.update("\t".join(map(str, known)).encode() + b"\n")
    return mark.hexdigest()


def keys_signed(ballot):
    return RollEntry.objects.filter(ballot=ballot, has_key=True).count()


def voters_by_group(ballot):
    """{(group in each breakdown, in its order): people who voted}. For the count alone: it is shown to nobody."""
    voted = RollEntry.objects.filter(ballot=ballot, has_key=True)
    return Counter(voted.values_list(*ballot.breakdowns)) if ballot.breakdowns else Counter()


def turnout(ballot):
    """How many have voted: while open as last counted and rounded, then exactly; never of a vote without a result.

    By group only where the result shows the group.
    """
    roll = {"roll": ballot.roll_size, "groups": []}
    if ballot.state == State.OPEN:
        return {"at_least": ballot.turnout_shown, "as_of": ballot.turnout_shown_at, **roll}
    if ballot.state not in (State.CLOSED, State.DECLARED):
        return roll
    groups = [(Attribute(name).label, _turnout_by(ballot, name)) for name in ballot.breakdowns]
    voted = CountedVote.objects.filter(ballot=ballot).count()
    return {**roll, "voted": voted, "only_begun": ballot.keys_signed - voted, "groups": groups}


def _turnout_by(ballot, attribute):
    """[(group, voted, on the roll)], with None for both where the result hides the group."""
    rows = RollEntry.objects.filter(ballot=ballot).order_by().values_list(attribute)
    sizes, words = dict(rows.annotate(size=Count("pk"))), dict(groups_of(attribute))
    return [
        (words[row["group"]], row["voters"], sizes[row["group"]])
        if row["shown"]
        else (words[row["group"]], None, None)
        for row in ballot.marginals.get(attribute, [])
    ]


def roll_of(ballot, *, search=""):
    """The people on the roll, by name; whether they have voted is not among what is read."""
    rows = (
        RollEntry.objects.filter(ballot=ballot)
        .select_related("person")
        .defer("has_key", "request_hash", "told")
    )
    return found(rows, search, "person__search_text").order_by(by_text("person__search_text"), "pk")
