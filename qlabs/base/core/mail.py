"""One email to one person, rendered from templates and handed to the mail relay. Called inside tasks only."""

from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

KEPT_HERE = "django.core.mail.backends.filebased.EmailBackend"


def send(*, to, subject, template, context, headers=None):
    """Send `template`.txt.jinja, and `template`.html.jinja where there is one, as one multipart mail.

    to: a person or an email address. subject: one line; line breaks become spaces.
    """
    facts = {
        "subject": subject,
        "installation_name": settings.INSTALLATION_NAME,
        "site_url": settings.SITE_URL,
    } | context
    message = EmailMultiAlternatives(
        subject=" ".join(str(subject).split()),
        body=get_template(f"{template}.txt.jinja").render(facts),
        to=[getattr(to, "email", to)],
        headers=_headers() | (headers or {}),
    )
    if page := _html(template):
        message.attach_alternative(page.render(facts), "text/html")
    message.send()


def reaches(person):
    """Whether to write to a person at all: those invented for the demo have no letterbox but the demo's own folder."""
    return person.is_active and has_letterbox(person)


def has_letterbox(person):
    """The same where also somebody whose account is closed is written to: that it is."""
    return not person.is_invented or settings.EMAIL_BACKEND == KEPT_HERE


def absolute(path):
    """The full address of a path of ours, for use outside a request."""
    return f"{settings.SITE_URL}{path}"


def _headers():
    """Out-of-office programs leave it alone, and its name is of our own domain, not of the machine that sends it."""
    host = urlsplit(settings.SITE_URL).hostname
    return {"Auto-Submitted": "auto-generated", "Message-ID": make_msgid(domain=host)}


def _html(template):
    try:
        return get_template(f"{template}.html.jinja")
    except TemplateDoesNotExist:
        return None
