"""Why a vote was not signed or not taken: a code for the voter's browser, a sentence for everybody."""

from django.utils.translation import gettext_lazy as _

UNMATCHED = _("The votes in the ballot box do not match the list of voters.")


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
        "You have voted, or started to, on another device or browser, or this browser has forgotten it. "
        "To change your vote, go back to where you voted, or enter your change code. "
        "If you did not keep it, the vote you cast stays."
    )


class KeyOfAnother(VoteRefused):
    """The same blinded key was signed for somebody else on the roll: two people at one browser, or a foreign code."""

    error = "key-of-another"
    status = 409
    sentence = _(
        "This is the voting key of somebody else, so nothing was sent and no vote was changed. "
        "Reload the page and vote again; if you entered a change code, check that it is yours."
    )


class Stale(VoteRefused):
    """Not the next vote of this voter; facts: counter, the number that the next one has."""

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


class Impossible(Exception):
    """More votes than keys, or what was frozen has changed: never a result. `because` says it to the voters."""

    def __init__(self, facts, *, because):
        super().__init__(facts)
        self.because = str(because)
