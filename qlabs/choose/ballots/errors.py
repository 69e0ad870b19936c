"""Why a vote was not signed or not taken: a code for the voter's browser, a sentence for everybody."""

from django.utils.translation import gettext_lazy as _


class VoteRefused(Exception):
    """`error` is the code that the browser knows, `status` the HTTP status, `facts` what goes with it."""

    error = "refused"
    status = 422
    sentence = _("Your vote was not accepted. Reload the page and vote again.")

    def __init__(self, **facts):
        super().__init__(self.error)
        self.facts = facts


class Malformed(VoteRefused):
    error = "malformed"
    status = 400
    sentence = _("This is not a vote as our voting page sends it. Reload the page and vote again.")


class Closed(VoteRefused):
    error = "closed"
    status = 403
    sentence = _("This vote has closed. Your last vote sent before then counts.")


class NotOnTheRoll(VoteRefused):
    error = "not-on-the-roll"
    status = 403
    sentence = _(
        "You are not on the list of voters of this vote. It was fixed when the vote opened. "
        "You will be on the list of the next vote."
    )


class OtherKey(VoteRefused):
    error = "other-key"
    status = 409
    sentence = _(
        "You have already voted on another device. To change your vote, vote on that device again, "
        "or enter the change code that it gave you."
    )


class Stale(VoteRefused):
    """A newer vote of the same voter is in the box; facts: counter."""

    error = "stale"
    status = 409
    sentence = _("A newer vote of yours is already in the ballot box, so that one counts.")


class Busy(VoteRefused):
    """The database cannot write just now."""

    error = "busy"
    status = 503
    sentence = _("We could not take your vote just now. Nothing is lost: send it again in a minute.")


class NotGenuine(VoteRefused):
    """The credential or the signature does not verify."""
