"""The pilot of 2015 to 2017, or the same lab with its vote open today."""

from datetime import date, timedelta

from django.db import transaction

from qlabs.across.demo.content import entries, names
from qlabs.across.demo.content import themes as texts
from qlabs.across.story import actions as story
from qlabs.base.lab import actions as lab_actions
from qlabs.base.lab.models import Role
from qlabs.choose.ballots import actions as ballots
from qlabs.choose.ballots import letters, queries

from . import drawings, people, themes, votes

TITLE, SLUG = "Q Improvement Lab: pilot", "pilot"
FUNDERS = ("The Health Foundation", "NHS Improvement")
QUESTION = "Which theme should the lab work on for the next 12 months?"
WHY = "Why did you choose this theme?"
NEXT = (
    "The lab team reads every reason that was given. Then about 25 people meet at a workshop, to find areas within the "
    "theme that the lab could explore. (In this demo four of the five themes and every reason are invented, and the "
    "votes are built to fit the numbers that were published.)"
)
TURNOUT_SO_FAR = 41


@transaction.atomic
def set_up(*, operator, lead, dates):
    """The lab with its team, its funders and the story until the vote."""
    at = entries.on(2016, 4, 11)
    lab = lab_actions.create_lab(
        template="improvement-lab", title=TITLE, slug=SLUG, purpose=entries.PURPOSE, base="King's Cross, London",
        is_pilot=True, is_public=True, lead=lead, by=operator, at=at,
    )  # fmt: skip
    for name, role in _team():
        people.guest(name, role, lab=lab, by=lead, at=at + timedelta(days=7))
    for funder in FUNDERS:
        lab_actions.record_funding(
            lab=lab,
            funder=funder,
            starts_on=dates.starts_on,
            ends_on=dates.ends_on,
            by=lead,
            at=entries.on(2016, 10, 5),
        )
    lab_actions.update_lab(
        lab=lab, by=lead, at=entries.on(2016, 10, 5, 11), starts_on=dates.starts_on, ends_on=dates.ends_on
    )
    write(lab, entries.BEFORE_THE_VOTE, by=lead)
    return lab


@transaction.atomic
def open_vote(*, lab, lead, community, dates):
    """Five themes are proposed and shortlisted, and the vote opens."""
    lab_actions.set_stage_dates(
        lab=lab,
        dates={"choose": (dates.proposed, dates.closes + timedelta(days=11))},
        by=lead,
        at=dates.proposed,
    )
    shortlisted = themes.propose(texts.PILOT, lab=lab, people=community, lead=lead, dates=dates)
    ballot = ballots.create_ballot(
        lab=lab, question=QUESTION, closes_at=dates.closes, themes=shortlisted, tie_rule="lot", reason_prompt=WHY,
        what_next=NEXT, by=lead, at=dates.shortlisted + timedelta(hours=1),
    )  # fmt: skip
    return ballots.open_ballot(ballot=ballot, by=lead, at=dates.opened)


def hold_vote(*, ballot, voters, lead, dates):
    """149 members vote, some after a reminder; the vote closes, is declared, and its reasons are read."""
    cast = votes.with_reasons(voters)
    everybody = list(queries.still_to_vote(ballot))
    votes.mark_sent(letters.invite, everybody)
    for person, theme, reason in cast[: len(cast) // 2]:
        votes.vote(ballot, person, theme=theme, reason=reason, at=dates.opened + timedelta(hours=4))
    ballots.remind(ballot=ballot, by=lead, at=dates.reminded)
    votes.mark_sent(letters.remind, list(queries.still_to_vote(ballot)), 1)
    for person, theme, reason in cast[len(cast) // 2 :]:
        votes.vote(ballot, person, theme=theme, reason=reason, at=dates.reminded + timedelta(hours=4))
    silent = set(queries.still_to_vote(ballot))
    votes.mark_sent(letters.tell, [entry for entry in everybody if entry not in silent])
    ballot = ballots.close_ballot(ballot=ballot, at=dates.closes)
    ballot = ballots.declare(ballot=ballot, by=lead, at=dates.declared)
    votes.mark_sent(letters.inform, everybody)
    votes.read_reasons(ballot, by=lead, at=dates.declared + timedelta(days=2))
    return ballot


def hold_some(*, ballot, voters, dates):
    """The first days of the vote: some have voted."""
    for person, theme, reason in votes.with_reasons(voters)[:TURNOUT_SO_FAR]:
        votes.vote(ballot, person, theme=theme, reason=reason, at=dates.opened + timedelta(hours=5))
    ballots.count_turnout(ballot=ballot, at=dates.opened + timedelta(hours=6))


@transaction.atomic
def move_on(*, lab, lead, dates):
    """The gate is passed, the challenge is being framed, and the story goes on to April 2017."""
    lab_actions.pass_gate(lab=lab, stage="choose", by=lead, at=dates.moved_on)
    framing = {"frame": (entries.on(2017, 2, 28, 9), None)}
    lab_actions.set_stage_dates(lab=lab, dates=framing, by=lead, at=dates.moved_on)
    write(lab, entries.AFTER_THE_VOTE, by=lead)


def write(lab, written, *, by):
    """Entries of the story by hand, each at its own moment."""
    for one in written:
        story.write_entry(
            lab=lab, by=by, at=one.at, token=f"{one.at:%Y%m%d}", title=one.title, text=one.text,
            period=one.period, happened_on=date(one.at.year, one.at.month, one.at.day),
            picture=drawings.drawn(one.picture),
        )  # fmt: skip


def _team():
    return (
        (names.RESEARCHER, Role.RESEARCHER),
        (names.DESIGNER, Role.DESIGNER),
        (names.COACH, Role.COACH),
    )
