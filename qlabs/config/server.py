"""One process, one port: Django's pages in a fixed pool of threads behind an ASGI server."""

import os

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qlabs.config.settings")
pages = get_wsgi_application()
_pages_in_threads = WSGIMiddleware(pages, workers=settings.SERVER_THREADS)


async def application(scope, receive, send):
    """Answer the server's own start-up messages here; every page goes to the pool."""
    if scope["type"] == "lifespan":
        return await _lifespan(receive, send)
    return await _pages_in_threads(scope, receive, send)


async def _lifespan(receive, send):
    while (message := await receive())["type"] != "lifespan.shutdown":
        await send({"type": message["type"] + ".complete"})
    await send({"type": "lifespan.shutdown.complete"})
