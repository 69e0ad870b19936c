"""A go-between that passes requests on but cuts off a share of the answers."""

import secrets
import socket
import threading
from contextlib import contextmanager

LONGEST = 65536


class Proxy:
    """Listens on `port`; `cut` counts the answers that never arrived."""

    def __init__(self, target, share):
        self.target, self.share, self.cut = target, share, 0
        self.random = secrets.SystemRandom()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def run(self):
        while True:
            try:
                client, _address = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        with client, socket.create_connection(("127.0.0.1", self.target)) as server:
            server.sendall(_whole(client))
            answer = _whole(server)
            if self.random.random() < self.share:
                self.cut += 1
            else:
                client.sendall(answer)


@contextmanager
def cutting_proxy(target, *, share):
    """A running Proxy before the server on port `target`."""
    proxy = Proxy(target, share)
    threading.Thread(target=proxy.run, daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.listener.close()


def _whole(connection):
    """One HTTP message: its head, and as much body as the head says."""
    message = b""
    while b"\r\n\r\n" not in message:
        part = connection.recv(LONGEST)
        if not part:
            return message
        message += part
    head, _, body = message.partition(b"\r\n\r\n")
    while len(body) < _length(head):
        part = connection.recv(LONGEST)
        if not part:
            break
        body += part
    return head + b"\r\n\r\n" + body


def _length(head):
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    return 0
