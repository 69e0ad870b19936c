"""A route that declares no permission is closed, and refusals become pages with words."""

import logging

from django.db import OperationalError
from django.http import HttpResponseNotAllowed
from django.utils.translation import gettext as _

from qlabs.base.core.errors import AccountClosed, Conflict, Gone, TryAgain
from qlabs.base.ui.views import account_closed, error_page

from . import access

CANCELLED = "57014"  # PostgreSQL's word for a query that was stopped, as after its time was up
logger = logging.getLogger("qlabs.access")


class ClosedUnlessDeclared:
    """Ask the route's permission before its view runs; turn refusals into pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        door = getattr(view, "door", None)
        if door is None:
            logger.error("a route asks no permission: %s", request.resolver_match.view_name)
            return error_page(request, 403)
        if request.method not in door.methods:
            return HttpResponseNotAllowed(door.methods)
        try:
            sought = door.sought(kwargs)
            request.subject = access.allow(request, door.permission_for(request.method), **sought)
        except (access.SignInFirst, OperationalError) as problem:
            return self.process_exception(request, problem)
        return None

    def process_exception(self, request, problem):
        if isinstance(problem, access.SignInFirst):
            return access.to_sign_in(request)
        if isinstance(problem, Conflict):
            return error_page(request, 409, sentence=problem.sentence)
        if isinstance(problem, Gone):
            return error_page(request, 410, sentence=problem.sentence)
        if isinstance(problem, AccountClosed):
            return account_closed(request)
        if isinstance(problem, TryAgain | OperationalError):
            return error_page(request, 503, sentence=_sorry(problem))
        return None


def _sorry(problem):
    if getattr(problem.__cause__, "sqlstate", "") == CANCELLED:
        return _("This took too long, so we stopped it.")
    return _("We could not save this just now. Nothing is lost: try again in a minute.")
