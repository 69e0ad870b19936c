"""Request middleware as functions: the moment of arrival, and the addresses that see no cookie."""

from django.utils import timezone

COOKIELESS = "/box/"


def arrival(get_response):
    """Give each request its moment, `request.at`: nothing below a view asks the clock."""

    def middleware(request):
        request.at = timezone.now()
        return get_response(request)

    return middleware


def without_cookies(get_response):
    """The ballot box neither reads nor sets a cookie, so that a ballot meets no session."""

    def middleware(request):
        if not request.path_info.startswith(COOKIELESS):
            return get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = get_response(request)
        response.cookies.clear()
        return response

    return middleware
