"""A page that nobody declared is closed, and refusals become pages with words."""

import logging

from django.db import OperationalError
from django.utils.translation import gettext as _

from qlabs.base.core.errors import Conflict, TryAgain
from qlabs.base.ui.views import error_page

from . import access

OWN = "qlabs."
CANCELLED = "57014"  # PostgreSQL's word for a query that was stopped, as after its time was up
logger = logging.getLogger("qlabs.access")


class ClosedUnlessDeclared:
    """Refuse the answer of a view of ours that asked no permission; turn refusals into pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        forgotten = getattr(request, "is_ours", False) and not hasattr(request, "access_declared")
        if forgotten and response.status_code < 400:
            logger.error("a view asked no permission: %s", request.resolver_match.view_name)
            return error_page(request, 403)
        return response

    def process_view(self, request, view, args, kwargs):
        request.is_ours = view.__module__.startswith(OWN)

    def process_exception(self, request, problem):
        if isinstance(problem, access.SignInFirst):
            return access.to_sign_in(request)
        if isinstance(problem, Conflict):
            return error_page(request, 409, sentence=problem.sentence)
        if isinstance(problem, TryAgain | OperationalError):
            return error_page(request, 503, sentence=_sorry(problem))
        return None


def _sorry(problem):
    if getattr(problem.__cause__, "sqlstate", "") == CANCELLED:
        return _("This took too long, so we stopped it.")
    return _("We could not save this just now. Nothing is lost: try again in a minute.")
