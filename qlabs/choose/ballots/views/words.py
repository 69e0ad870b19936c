"""What the script on the vote page says, in the language of the page."""

from django.conf import settings
from django.utils.translation import gettext as _


def script_words():
    return {
        "problem": _("There is a problem"),
        "error": _("Error:"),
        "sending": _("Sending your vote. This takes a few seconds."),
        "choose": _("Select one option, or select “None of these”"),
        "code": _("Check your change code: it has 28 letters and numbers, and one of them is wrong"),
        "other_key": _(
            "You started voting on another device or browser, or this browser has forgotten it. "
            "Vote where you started, or enter your change code. If you did not keep it, the vote you cast stays"
        ),
        "other_keys": _(
            "The keys on this page are not the ones in your email. Do not vote here. "
            "Write to %(contact)s and tell them what you see"
        )
        % {"contact": settings.CONTACT_EMAIL},
        "other_code": _(
            "This is not the check code of the keys on this page. Compare each letter and number with your email. "
            "If they do differ, do not vote here: write to %(contact)s"
        )
        % {"contact": settings.CONTACT_EMAIL},
        "check_code": _("Check the code: it has 16 letters and numbers"),
        "key_of_another": _(
            "This browser holds the voting key of somebody else, so nothing was sent and no vote was changed. "
            "Reload this page and vote again; if you entered a change code, check that it is yours"
        ),
        "closed": _("The vote has closed. Your last vote sent before then counts"),
        "refused": _("Your vote was not accepted. Reload this page and vote again"),
        "signed_out": _("You are no longer signed in. Sign in again, then vote again"),
        "busy": _("We could not take your vote just now. Nothing is lost: send your vote again in a minute"),
        "network": _(
            "Your vote may not have arrived. Check your connection and send your vote again: "
            "it counts once, however often you send it"
        ),
    }
