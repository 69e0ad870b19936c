"""Error pages with words that say what to do, and the gallery of components."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from qlabs.base.ui import gallery as samples

GONE = 410
WORDS = {
    400: (_("We could not read that request"), _("Go back, check what you entered and send it again.")),
    403: (_("You cannot do this"), _("If you think you should be able to, ask the lab's lead.")),
    404: (_("Page not found"), _("Check the web address, or start again from all labs.")),
    408: (
        _("That took too long to arrive"),
        _("Check your connection, go back and send it again. A smaller file arrives sooner."),
    ),
    409: (_("Something changed in the meantime"), _("Go back, reload the page and look again.")),
    410: (_("This link is no longer used"), _("Sign in with your email address, and go on from there.")),
    411: (_("We could not read that request"), _("Send it with its length.")),
    413: (_("That was too large"), _("Make the file or the text smaller and send it again.")),
    429: (_("Too many tries"), _("Wait a few minutes, then try again.")),
    500: (_("Something went wrong"), _("It is our fault and we have been told. Try again in a few minutes.")),
    503: (_("Please try again in a minute"), _("The service is busy. Nothing you did before is lost.")),
}


def error_page(request, status, *, sentence=""):
    """A whole page for an error status; without the person where the database may be the trouble."""
    heading, advice = WORDS.get(status, WORDS[500])
    contact = settings.CONTACT_EMAIL if status >= 500 else ""
    words = {"heading": heading, "advice": advice, "sentence": sentence, "contact": contact}
    words["contact_words"] = _("If it happens again, write to")
    words["can_sign_in"] = status == GONE
    if status >= 500 or request is None:
        return HttpResponse(render_to_string("ui/error.jinja", words), status=status)
    return render(request, "ui/error.jinja", words, status=status)


def account_closed(request):
    """Where the link of a closed account leads: to no sign-in, which would only say that the address is unknown."""
    words = {
        "heading": _("This account is closed"),
        "sentence": _(
            "The account that this link is for is closed. Nobody can sign in to it, and its links no longer work. "
            "A vote that was cast before still counts."
        ),
        "advice": "",
        "can_sign_in": False,
        "contact": settings.CONTACT_EMAIL,
        "contact_words": _("If you think this is a mistake, write to"),
    }
    return render(request, "ui/error.jinja", words, status=GONE)


def handler400(request, exception=None):
    return error_page(request, 400)


def handler403(request, exception=None):
    return error_page(request, 403, sentence=getattr(exception, "sentence", ""))


def handler404(request, exception=None):
    said = exception.args[0] if exception and exception.args else ""
    return error_page(request, 404, sentence=said if isinstance(said, str) else "")


def handler429(request, exception=None):
    return error_page(request, 429)


def handler500(request):
    return error_page(None, 500)


def csrf_failure(request, reason=""):
    """The form is older than the session, or cookies are off."""
    return error_page(
        request, 403, sentence=_("This form has expired. Go back, reload the page and send it again.")
    )


def gallery(request):
    """Every component with samples, never a row."""
    return render(request, "ui/gallery.jinja", samples.context(request))
