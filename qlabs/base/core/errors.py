"""Refusals that every layer may raise and the web turns into a page with words."""

from django.core.exceptions import PermissionDenied


class Refused(PermissionDenied):
    """The act is not open to this person now; `sentence` says why and what to do next."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


class Conflict(Exception):
    """Somebody else was first, or the moment has passed; shown as 409 with `sentence`."""

    def __init__(self, sentence, **facts):
        super().__init__(sentence)
        self.sentence = sentence
        self.facts = facts


class Gone(Exception):
    """What was here is of no use any more; shown as 410 with `sentence`."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


class AccountClosed(Exception):
    """A link of ours whose person's account is closed; shown as 410 with whom to write to."""


class TryAgain(Exception):
    """The database cannot write just now; shown as 503 with a sentence."""
