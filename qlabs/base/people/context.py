"""What the pages' templates know of people besides their own context."""

from . import kept


def forms(request):
    """`csrf_input` also says who opened the page, so that a form sent too late is kept for that person."""
    return {"csrf_input": kept.marked_lazily(request)}
