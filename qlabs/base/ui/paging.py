"""Long lists: 25 a page, and what was asked for in the address."""

from django.core.paginator import Paginator

from qlabs.base.ui.words import printable

PAGE_SIZE = 25


def paginate(rows, request, *, size=PAGE_SIZE, count=None):
    """The page asked for by ?page=; a wrong number gives the nearest page, never an error.

    count: how many rows there are, where that is known already.
    """
    asked, paginator = request.GET.get("page", "1"), Paginator(rows, size)
    if count is not None:
        paginator.count = count
    return paginator.get_page(asked if len(asked) <= 9 else "1")


def asked(request, name, *, longest=200):
    """A word of the query string that any database can be asked for."""
    return printable(request.GET.get(name, "")).strip()[:longest]
