"""One process, one port: Django's pages in a fixed pool of threads behind an ASGI server."""

import os
from functools import cache
from wsgiref.util import setup_testing_defaults

from a2wsgi import WSGIMiddleware
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qlabs.config.settings")


def _limit_queries():
    """A page gives up on a query that takes too long; the worker and the commands may take their time."""
    if settings.ON_POSTGRES and settings.QUERY_SECONDS:
        options = settings.DATABASES["default"]["OPTIONS"]
        limit = f"-c statement_timeout={settings.QUERY_SECONDS}s"
        options["options"] = f"{options.get('options', '')} {limit}".strip()


_limit_queries()
pages = get_wsgi_application()
from csp.utils import build_policy  # noqa: E402 - these need the settings, which stand only now

from qlabs.base.ui.views import error_page  # noqa: E402

from .bodies import Patience, ReadFirst  # noqa: E402


def refuse(status):
    """An application that answers with an error page and hangs up, without a thread."""

    async def answer(scope, receive, send):
        head, body = _refusal(status)
        await send({"type": "http.response.start", "status": status, "headers": head})
        await send({"type": "http.response.body", "body": body})

    return answer


@cache
def _refusal(status):
    page = error_page(None, status)
    told = {
        **page.headers,
        "Content-Length": len(page.content),
        "Connection": "close",
        "Cache-Control": "no-store",
    }
    told |= {"Content-Security-Policy": build_policy(), "X-Content-Type-Options": "nosniff"}
    return [(name.lower().encode(), str(value).encode()) for name, value in told.items()], page.content


def ready(application, **patience):
    """Pages in a pool of threads, each taken when a request is whole and let go before its answer is sent."""
    in_threads = WSGIMiddleware(application, workers=settings.SERVER_THREADS, send_queue_size=0)
    turns = max(1, settings.SERVER_THREADS // 2)
    return ReadFirst(in_threads, refuse=refuse, patience=Patience(turns=turns, **patience))


_pages = ready(pages, seconds=settings.BODY_SECONDS)


async def application(scope, receive, send):
    """Answer the server's own start-up messages here; every page goes to the pool."""
    if scope["type"] == "lifespan":
        return await _lifespan(receive, send)
    return await _pages(scope, receive, send)


async def _lifespan(receive, send):
    await receive()
    await sync_to_async(_warm_up)()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


def _warm_up():
    """Compile the templates of every component before the first visitor comes: a second of work."""
    asked = {
        "PATH_INFO": "/ui/",
        "HTTP_HOST": settings.ALLOWED_HOSTS[0].lstrip("."),
        "wsgi.url_scheme": "https",
    }
    setup_testing_defaults(asked)
    b"".join(pages(asked, lambda status, headers: None))
