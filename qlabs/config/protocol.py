"""The server's protocol, with an end to its patience: uvicorn waits for ever for a head, and for a reader."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class Prompt(HttpToolsProtocol):
    """Closes a connection whose request's head does not come, has no end, or whose answer is not fetched."""

    head_seconds = 10
    most_head = 65_536
    fetch_seconds = 300
    _head = _fetch = None

    def connection_made(self, transport):
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc):
        self._head = _cancelled(self._head)
        self._fetch = _cancelled(self._fetch)
        super().connection_lost(exc)

    def data_received(self, data):
        if self._head is None and (self.cycle is None or self.cycle.response_complete):
            self._await_head()
        self._arrived += len(data)
        super().data_received(data)
        if self._head is not None and self._arrived > self.most_head and not self.transport.is_closing():
            self.send_400_response("The head of this request is too long.")

    def on_headers_complete(self):
        self._head = _cancelled(self._head)
        super().on_headers_complete()

    def pause_writing(self):
        super().pause_writing()
        self._fetch = self.loop.call_later(self.fetch_seconds, self.transport.abort)

    def resume_writing(self):
        self._fetch = _cancelled(self._fetch)
        super().resume_writing()

    def _await_head(self):
        self._arrived = 0
        self._head = self.loop.call_later(self.head_seconds, self.transport.close)


def _cancelled(timer):
    if timer is not None:
        timer.cancel()
