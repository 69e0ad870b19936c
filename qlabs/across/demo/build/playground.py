"""The invented lab whose vote is open now, for a visitor to vote in, close, declare and recount."""

from datetime import date, timedelta

from django.db import transaction

from qlabs.across.demo.content import names
from qlabs.across.demo.content import themes as texts
from qlabs.across.story import actions as story
from qlabs.base.lab import actions as lab_actions
from qlabs.base.lab.models import Role
from qlabs.choose.ballots import actions as ballots

from . import people, themes, votes

TITLE, SLUG = "Demo lab: try a vote", "demo-lab"
PURPOSE = (
    "This lab is invented. It is here for you to try things: sign in as a member and vote, then sign in as the lab's "
    "lead, ask to close the vote, agree to that as a second member of the team, declare the result and count it again "
    "yourself. Nothing here was ever decided by real people."
)
QUESTION = "Which theme should this lab work on?"
WELCOME = (
    "Welcome to the demo",
    "The vote is open. You can find your personal link in the mailbox of the demo, or sign in as any of the members. "
    f"When you have voted, sign in as the lead ({names.LEAD.email}) and ask to close the vote early. It closes at once "
    f"when a second member of the team agrees: sign in as {names.RESEARCHER.email}, where it is the first thing to do. "
    "Then declare the result as the lead, and count it again with the script.",
)
SHARE_SO_FAR = 0.06


@transaction.atomic
def set_up(*, operator, lead, dates):
    """The lab, its team and some money that nobody has to pay."""
    at = dates.proposed - timedelta(days=7)
    lab = lab_actions.create_lab(
        template="improvement-lab", title=TITLE, slug=SLUG, purpose=PURPOSE, base="A room that does not exist",
        is_public=True, is_invented=True, starts_on=dates.proposed.date(), lead=lead, by=operator, at=at,
    )  # fmt: skip
    people.guest(names.RESEARCHER, Role.RESEARCHER, lab=lab, by=lead, at=at)
    lab_actions.record_funding(
        lab=lab,
        funder="The Invented Fund",
        pounds=120_000,
        starts_on=lab.starts_on,
        ends_on=lab.ends_on,
        by=lead,
        at=at,
    )
    lab_actions.set_stage_dates(
        lab=lab, dates={"choose": (dates.proposed, dates.closes + timedelta(days=7))}, by=lead, at=at
    )
    return lab


@transaction.atomic
def open_vote(*, lab, lead, community, dates):
    """Five themes, and a vote over them that has just opened."""
    shortlisted = themes.propose(texts.OPEN_LAB, lab=lab, people=community[5:], lead=lead, dates=dates)
    title, text = WELCOME
    story.write_entry(
        lab=lab, by=lead, at=dates.opened, token="welcome", title=title, text=text,  # noqa: S106 - a form's name
        happened_on=date(dates.opened.year, dates.opened.month, dates.opened.day),
    )  # fmt: skip
    ballot = ballots.create_ballot(
        lab=lab, question=QUESTION, closes_at=dates.closes, themes=shortlisted, tie_rule="lot",
        reason_prompt="Why did you choose this theme?", what_next="The lab plans a workshop on the theme.",
        by=lead, at=dates.shortlisted + timedelta(hours=1),
    )  # fmt: skip
    return ballots.open_ballot(ballot=ballot, by=lead, at=dates.opened)


def first_votes(*, ballot, community, dates):
    """A few members have voted already, so that there is a turnout to see; never those a visitor may want to be."""
    guests = {names.LEAD.email, names.MEMBER.email}
    others = [person for person in community if person.email not in guests]
    for person, theme in votes.drawn_votes(
        others, share=SHARE_SO_FAR, themes=len(texts.OPEN_LAB), seed=ballot.lab.slug
    ):
        votes.vote(ballot, person, theme=theme, at=dates.opened + timedelta(hours=5))
    ballots.count_turnout(ballot=ballot, at=dates.opened + timedelta(hours=6))
