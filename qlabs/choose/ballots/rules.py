import rules

from qlabs.base.lab import access
from qlabs.base.lab.rules import anyone, is_lead, is_not_archived, is_on_team, is_signed_in, sees_lab
from qlabs.base.people import kept

from .models import Ballot, PlannedReminder, Reason, RollEntry, State

access.kind("ballot", Ballot, related=("run_off_of", "again_of"))
access.kind("roll_entry", RollEntry, lab_path="ballot__lab", related=("ballot__lab", "person"))
access.kind("planned_reminder", PlannedReminder, lab_path="ballot__lab", related=("ballot__lab",))
access.kind("ballot_reason", Reason, lab_path="ballot__lab", related=("ballot__lab",))


def is_in(*states):
    """A predicate: the ballot stands in one of these states."""

    @rules.predicate(f"is_in:{'|'.join(states)}")
    def predicate(person, subject=None):
        return _ballot(subject) is not None and _ballot(subject).state in states

    return predicate


@rules.predicate
def is_on_roll(person, subject=None):
    ballot = _ballot(subject)
    if ballot is None or not person.is_authenticated:
        return False
    return RollEntry.objects.filter(ballot=ballot, person_id=person.pk).exists()


def _ballot(subject):
    return subject if isinstance(subject, Ballot) else getattr(subject, "ballot", None)


is_draft, is_open, is_over = is_in(State.DRAFT), is_in(State.OPEN), is_in(State.CLOSED, State.DECLARED)
leads = is_lead & is_not_archived

# What a lead writes may be kept until she has signed in again; what a voter sends, a choice above all, never is.
LEADS_WRITE = (
    "create", "edit", "open", "correct_roll", "plan_reminders", "word_emails", "close", "extend", "declare", "run_off",
    "void", "ask_again",
)  # fmt: skip
kept.only("ballots", *(f"ballots.{act}" for act in LEADS_WRITE))
rules.add_perm("ballots.index", sees_lab)
rules.add_perm("ballots.see", sees_lab & ~is_draft | is_lead | is_on_roll)
rules.add_perm("ballots.may_i_vote", is_signed_in & ~is_draft & (sees_lab | is_on_roll))
rules.add_perm("ballots.sign", is_on_roll)
rules.add_perm("ballots.receipt", is_on_roll)
rules.add_perm("ballots.vote_by_link", anyone)
rules.add_perm("ballots.cast", anyone)
rules.add_perm("ballots.recount", anyone)
rules.add_perm("ballots.ended", anyone)
rules.add_perm("ballots.my_votes", is_signed_in)
rules.add_perm("ballots.create", leads)
rules.add_perm("ballots.edit", leads & is_draft)
rules.add_perm("ballots.open", leads & is_draft)
rules.add_perm("ballots.status", is_lead & ~is_draft)
rules.add_perm("ballots.remind", leads & is_open)
rules.add_perm("ballots.plan_reminders", leads & is_in(State.DRAFT, State.OPEN))
rules.add_perm("ballots.word_emails", leads & is_in(State.DRAFT, State.OPEN))
rules.add_perm("ballots.correct_roll", leads & is_open)
rules.add_perm("ballots.close", leads & is_open)
rules.add_perm("ballots.extend", leads & is_open)
rules.add_perm("ballots.agree_to_close", is_on_team & is_not_archived & is_open)
rules.add_perm("ballots.declare", leads & is_in(State.CLOSED))
rules.add_perm("ballots.run_off", leads & is_in(State.DECLARED))
rules.add_perm("ballots.void", leads & is_in(State.STOPPED))
rules.add_perm("ballots.ask_again", leads & is_in(State.VOID))
rules.add_perm("ballots.read_reasons", is_lead & is_over)
rules.add_perm("ballots.result", (sees_lab | is_on_roll) & is_in(State.DECLARED))
