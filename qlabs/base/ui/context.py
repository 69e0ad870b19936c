"""What every page knows besides its own context."""

from django.utils.functional import SimpleLazyObject


def shell(request):
    """`signed_in`, asked only where a page shows it, so that public pages need no session."""
    return {"signed_in": SimpleLazyObject(lambda: _signed_in(request))}


def _signed_in(request):
    person = getattr(request, "user", None)
    return person is not None and person.is_authenticated
