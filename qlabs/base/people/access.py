"""The door to this app's pages, which no lab stands behind."""

from functools import wraps

import rules
from django.contrib.auth.views import redirect_to_login
from django.utils.translation import gettext as _

from qlabs.base.core.errors import Refused


def needs(permission):
    """Open a view to those the permission lets in; a stranger who may be let in later signs in first."""

    def decorate(view):
        @wraps(view)
        def inside(request, *args, **kwargs):
            request.access_declared = permission
            if rules.has_perm(permission, request.user):
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
            raise Refused(_("Only people who look after the community can open this page."))

        return inside

    return decorate
