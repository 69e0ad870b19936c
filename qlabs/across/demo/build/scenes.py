"""The whole demos: the pilot with a lab to play in, the pilot with its vote open, and a big installation."""

from django.db import transaction

from qlabs.base.lab.watches import tell_stages

from . import big, clock, people, pilot, playground
from .people import FIRST_JOINED


def april_2017(*, at, say):
    """The pilot as it was in April 2017, and an invented lab whose vote is open now."""
    operator, lead, voters, others = _community(say)
    _pilot(operator, lead, voters, others, say)
    community = [*others, *(person for person, _theme in voters)]
    ballot = _playground(operator, lead, community, at, say)
    tell_stages(at=at)
    return [ballot]


def open_vote(*, at, say):
    """The pilot with its vote open: the story is that of 2015 and 2016, the vote is now."""
    operator, lead, voters, others = _community(say)
    dates = clock.open_now(at)
    lab = pilot.set_up(operator=operator, lead=lead, dates=dates)
    community = [*others, *(person for person, _theme in voters)]
    ballot = pilot.open_vote(lab=lab, lead=lead, community=community, dates=dates)
    say(f"The vote of “{lab.title}” is open.")
    pilot.hold_some(ballot=ballot, voters=voters, dates=dates)
    say(f"{pilot.TURNOUT_SO_FAR} have voted so far.")
    tell_stages(at=at)
    return [ballot]


def many(*, members, labs, at, say):
    """A big installation: the first lab has a declared vote, the second an open one."""
    with transaction.atomic():
        operator = people.operator(at=FIRST_JOINED)
        lead = people.lead(by=operator, at=FIRST_JOINED)
        people.many_members(members - 1, by=operator, at=FIRST_JOINED)
    say(f"{members:,} members have joined.")
    community, opened = big.community(), []
    for number in range(1, labs + 1):
        dates = clock.AS_IT_WAS if number == 1 else clock.open_now(at)
        made, shortlisted = big.lab(number, operator=operator, lead=lead, people=community, dates=dates)
        if number == 1:
            big.declared_vote(made, shortlisted, lead=lead, people=community)
        elif number == 2:
            opened.append(big.open_vote(made, shortlisted, lead=lead, dates=dates))
            big.some_votes(opened[0], people=community, dates=dates)
    say(f"{labs} labs are there.")
    tell_stages(at=at)
    return opened


def _community(say):
    with transaction.atomic():
        operator = people.operator(at=FIRST_JOINED)
        lead = people.lead(by=operator, at=FIRST_JOINED)
        voters, others = people.pilot_members(lead=lead, by=operator)
    say(f"{len(voters) + len(others)} members have joined.")
    return operator, lead, voters, others


def _pilot(operator, lead, voters, others, say):
    dates = clock.AS_IT_WAS
    lab = pilot.set_up(operator=operator, lead=lead, dates=dates)
    ballot = pilot.open_vote(lab=lab, lead=lead, community=others, dates=dates)
    say(f"“{lab.title}” has five themes, and its vote is open. Now {len(voters)} members vote ...")
    pilot.hold_vote(ballot=ballot, voters=voters, lead=lead, dates=dates)
    pilot.move_on(lab=lab, lead=lead, dates=dates)
    say("The vote is closed, sealed, declared; the story has come to April 2017.")


def _playground(operator, lead, community, at, say):
    dates = clock.open_now(at)
    lab = playground.set_up(operator=operator, lead=lead, dates=dates)
    ballot = playground.open_vote(lab=lab, lead=lead, community=community, dates=dates)
    playground.first_votes(ballot=ballot, community=community, dates=dates)
    say(f"“{lab.title}” has a vote that is open until {dates.closes:%d %B}.")
    return ballot
