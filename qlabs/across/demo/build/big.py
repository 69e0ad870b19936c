"""A big installation, for tests and benchmarks: many members, many labs, one vote declared and one open."""

from datetime import timedelta

from django.db import transaction

from qlabs.across.demo.content import themes as texts
from qlabs.across.demo.content.chance import drawn_from
from qlabs.across.story import actions as story
from qlabs.base.lab import actions as lab_actions
from qlabs.base.people import queries as people_queries
from qlabs.choose.ballots import actions as ballots
from qlabs.choose.ballots import letters, queries

from . import clock, themes, votes

THEMES, ENTRIES, VOTERS = 30, 25, 60
PLACES = ("north", "south", "east", "west", "middle")


def community():
    """Every member, to propose and to vote."""
    return [person for person in people_queries.people() if person.is_member]


@transaction.atomic
def lab(number, *, operator, lead, people, dates):
    """One of many labs, with themes, comments, support, money and a story. Returns it with its shortlisted themes."""
    made = lab_actions.create_lab(
        template="improvement-lab", title=f"Demo lab {number} of the {PLACES[number % 5]}", is_public=True,
        purpose="An invented lab, to see how many fit.", is_invented=True, starts_on=dates.proposed.date(),
        lead=lead, by=operator, at=dates.proposed,
    )  # fmt: skip
    lab_actions.record_funding(
        lab=made, funder="The Invented Fund", pounds=100_000, starts_on=made.starts_on, ends_on=made.ends_on,
        by=lead, at=dates.proposed,
    )  # fmt: skip
    rng = drawn_from(number)
    proposers = rng.sample(people, min(len(people), THEMES + 6))
    shortlisted = themes.propose(texts.many(THEMES), lab=made, people=proposers, lead=lead, dates=dates)
    for entry in range(ENTRIES):
        at = dates.proposed + timedelta(hours=5 * entry)
        story.write_entry(
            lab=made, by=lead, at=at, token=f"demo-{entry}", title=f"Week note {entry + 1}",
            text="Invented, so that there is a story to read.", happened_on=at.date(),
        )  # fmt: skip
    return made, shortlisted


def open_vote(made, shortlisted, *, lead, dates):
    """A vote over five of the lab's themes."""
    ballot = ballots.create_ballot(
        lab=made, question="Which theme should this lab work on?", closes_at=dates.closes, themes=shortlisted[:5],
        tie_rule="lot", reason_prompt="Why?", by=lead, at=dates.shortlisted,
    )  # fmt: skip
    ballot = ballots.open_ballot(ballot=ballot, by=lead, at=dates.opened)
    votes.mark_sent(letters.invite, list(queries.still_to_vote(ballot)))
    return ballot


def some_votes(ballot, *, people, dates):
    """A number of votes that does not grow with the community: each costs some milliseconds of arithmetic."""
    share = min(VOTERS, len(people) // 3) / len(people)
    voters = votes.drawn_votes(people, share=share, themes=5, seed=ballot.lab.slug)
    for person, theme in voters:
        votes.vote(
            ballot, person, theme=theme, reason="It matters here.", at=dates.opened + timedelta(hours=5)
        )
    votes.mark_sent(letters.tell, [queries.entry_of(ballot, person) for person, _theme in voters])


def declared_vote(made, shortlisted, *, lead, people):
    """A vote held in the past, and its result."""
    dates = clock.AS_IT_WAS
    ballot = open_vote(made, shortlisted, lead=lead, dates=dates)
    everybody = list(queries.still_to_vote(ballot))
    some_votes(ballot, people=people, dates=dates)
    ballot = ballots.close_ballot(ballot=ballot, at=dates.closes)
    ballot = ballots.declare(ballot=ballot, by=lead, at=dates.declared)
    votes.mark_sent(letters.inform, everybody)
