"""Votes, cast through the real protocol: blinded, signed by name, unblinded and put into the box by nobody."""

import secrets
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction

from qlabs.across.demo.content import reasons
from qlabs.across.demo.content.chance import drawn_from
from qlabs.choose.ballots import actions, queries

SEED_BYTES = 16
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"


def vote(ballot, person, *, theme, reason="", at):
    """One vote of one person for a theme, by its number (None: no choice)."""
    entry = queries.entry_of(ballot, person)
    entry.ballot = ballot
    choice = "" if theme is None else queries.options(ballot)[theme].public_id
    return actions.vote_for(
        entry=entry, seed=secrets.token_bytes(SEED_BYTES), choice=choice, reason=reason, at=at
    )


def with_reasons(voters):
    """[(person, theme number, reason or "")]: invented reasons go to the first voters of each theme."""
    left = {theme: [*texts] for theme, texts in reasons.BY_THEME.items()}
    left[0] += reasons.NOT_SHOWN
    return [(person, theme, left[theme].pop(0) if left[theme] else "") for person, theme in voters]


def read_reasons(ballot, *, by, at):
    """A moderator shows the reasons, and hides those that name somebody."""
    for reason in queries.reasons_in(ballot, "pending"):
        if because := reasons.NOT_SHOWN.get(reason.text):
            actions.hide_reason(reason=reason, because=because, by=by, at=at)
        else:
            actions.show_reason(reason=reason, by=by, at=at)


def drawn_votes(people, *, share, themes, seed):
    """[(person, theme number)] of a share of the people, for votes that only need to be there."""
    rng = drawn_from(seed)
    voters = rng.sample(people, round(share * len(people)))
    return [(person, rng.randrange(themes)) for person in voters]


@contextmanager
def letters_of_long_ago():
    """Letters of years gone by count as sent, and go nowhere."""
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, NOWHERE
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = backend


def mark_sent(letter, entries, *args):
    """Do now what the task queue would do: mark a letter as sent to these people on the roll."""
    with letters_of_long_ago(), transaction.atomic():
        letter.call([entry.pk for entry in entries], *args)
