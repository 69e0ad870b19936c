"""What every page's header and footer need to know."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse


class Setting:
    """A setting read at each rendering, so that one changed in a test is seen."""

    def __init__(self, name):
        self.name = name

    def __str__(self):
        return getattr(settings, self.name)


def link(name, *args):
    """The address of a page, or "" where its app is not installed; the shell then leaves it out."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def languages():
    """(code, own name) of each language on offer; a switch is shown for two or more."""
    return list(settings.LANGUAGES)


def page_query(request, page):
    """The address of another page of the same list, filters kept."""
    query = request.GET.copy()
    query["page"] = page
    return f"?{query.urlencode()}"
