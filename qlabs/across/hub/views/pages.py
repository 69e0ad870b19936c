from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from qlabs.across.hub import glossary

PAGES = ("accessibility", "privacy", "secret-votes", "glossary")


def page(request, slug):
    """A page of fixed words."""
    if slug not in PAGES:
        raise Http404(_("Check the web address, or start again from all labs."))
    context = {"contact": settings.CONTACT_EMAIL, "site": settings.SITE_URL}
    if slug == "glossary":
        context["terms"] = glossary.TERMS
    return render(request, f"hub/pages/{slug}.jinja", context)
