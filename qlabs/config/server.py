"""One process, one port: Django's pages in a fixed pool of threads behind an ASGI server."""

import os
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
_pages_in_threads = WSGIMiddleware(pages, workers=settings.SERVER_THREADS)


async def application(scope, receive, send):
    """Answer the server's own start-up messages here; every page goes to the pool."""
    if scope["type"] == "lifespan":
        return await _lifespan(receive, send)
    return await _pages_in_threads(scope, receive, send)


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
