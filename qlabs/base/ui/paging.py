from django.core.paginator import Paginator

PAGE_SIZE = 25


def paginate(rows, request, *, size=PAGE_SIZE):
    """The page asked for by ?page=; a wrong number gives the nearest page, never an error."""
    asked = request.GET.get("page", "1")
    return Paginator(rows, size).get_page(asked if len(asked) <= 9 else "1")
