"""Forms that were sent when their writer was no longer signed in: what was typed is kept and offered again.

Every form says who opened its page, by a mark that only this installation can make. What could not be taken is kept in
the session of the browser that sent it, which is sealed with the key in its cookie, and shown to that person alone.
Codes, credentials and files are never kept, nor anything that a voter sends.
"""

import secrets
import time
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.middleware.csrf import get_token
from django.utils.crypto import salted_hmac
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

FIELD, AGAIN, KEY = "opened_by", "kept_form", "kept_forms"
NOT_TYPED = {"csrfmiddlewaretoken", FIELD, AGAIN}
SECRET = {"code", "credential"}
TICKED = {"on", "1"}
WIDTH = 32
MOST = 100_000  # characters
MOST_FORMS = 5
SECONDS = 60 * 60
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_only = {}


@dataclass(frozen=True)
class Kept:
    """What was sent where: (name, value) of each field, and whether files went with it."""

    name: str
    path: str
    fields: list
    had_files: bool

    @property
    def typed(self):
        """(name of the field, text) of what a person would know again: no marks of buttons and boxes."""
        known = [(name, value) for name, value in self.fields if name != "token" and value.strip()]
        return [(name.replace("_", " ").capitalize(), value) for name, value in known if value not in TICKED]


def only(app, *permissions):
    """Of this app's forms keep those alone that these permissions open."""
    _only[app] = set(permissions)


def mark(person):
    """What stands in a form for the person who opened its page."""
    return salted_hmac("qlabs.people.kept", str(person.pk), algorithm="sha256").hexdigest()[:WIDTH]


def marked(request):
    """The hidden fields that every form begins with."""
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return token
    return token + format_html('<input type="hidden" name="{}" value="{}">', FIELD, mark(person))


marked_lazily = lazy(marked, SafeString, str)


def is_form_of_somebody(request):
    """Whether this is a form whose page was opened by somebody signed in, sent from the browser that has the page."""
    if request.method != "POST" or request.content_type not in FORMS or request.resolver_match is None:
        return False
    return settings.CSRF_COOKIE_NAME in request.COOKIES and len(request.POST.get(FIELD, "")) == WIDTH


def may_keep(request):
    """Whether what was typed into this form may be kept at all."""
    door = getattr(request.resolver_match.func, "door", None)
    if door is None or "token" in request.resolver_match.kwargs:
        return False
    permission = door.permission_for("POST")
    return permission in _only.get(permission.partition(".")[0], {permission})


def keep(request):
    """Keep what was typed; whether that could be done."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_TYPED | SECRET
        for value in values
    ]
    if sum(len(name) + len(value) for name, value in fields) > MOST:
        return False
    form = {
        "name": secrets.token_urlsafe(12),
        "for": request.POST[FIELD],
        "path": request.get_full_path(),
        "fields": [list(field) for field in fields],
        "had_files": bool(request.FILES),
        "until": time.time() + SECONDS,
    }
    others = [other for other in _found(request) if not _is_same(other, form)]
    request.session[KEY] = [*others, form][-MOST_FORMS:]
    if not request.user.is_authenticated:
        request.session.set_expiry(SECONDS)
        messages.info(request, _("We kept what you typed. Sign in, and we will show it to you."))
    return True


def of(request):
    """The forms that are kept in this browser for the person who is signed in, the last one first."""
    return [
        Kept(form["name"], form["path"], [tuple(field) for field in form["fields"]], form["had_files"])
        for form in reversed(_found(request))
        if form["for"] == mark(request.user)
    ]


def of_others(request):
    """What is kept in this browser for other people, as it lies in the session."""
    return [form for form in _found(request) if form["for"] != mark(request.user)]


def put_back(request, forms):
    """Keep for others, after a person signed out, what was kept for them before."""
    if forms:
        request.session[KEY] = forms
        request.session.set_expiry(SECONDS)


def forget(request, name):
    """Forget the kept form of that name; whether there was one."""
    was_kept = any(form["name"] == name for form in request.session.get(KEY, []))
    if was_kept:
        _leave(request, [form for form in _found(request) if form["name"] != name])
    return was_kept


def forget_old(request):
    """Forget what has been kept for its hour, where this request has read its session anyway."""
    if request.session.accessed and len(_found(request)) < len(request.session.get(KEY, [])):
        _leave(request, _found(request))


def _leave(request, forms):
    request.session[KEY] = forms
    if not forms:
        del request.session[KEY]


def _found(request):
    return [form for form in request.session.get(KEY, []) if time.time() < form["until"]]


def _is_same(one, other):
    return all(one[part] == other[part] for part in ("for", "path", "fields"))
