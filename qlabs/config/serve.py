"""`python -m qlabs.config.serve`: one server on one port, in one process or several."""

import argparse
import resource
import socket
import sys

import uvicorn
from uvicorn.supervisors import Multiprocess

from qlabs.base.core import lifeline

MOST_FILES = 65_536


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fd", type=int, help="a socket that is bound already, instead of host and port")
    parser.add_argument("--processes", type=int, default=1)
    asked = parser.parse_args()
    _let_many_wait()
    lifeline.hang_on()
    config = uvicorn.Config(
        "qlabs.config.server:application",
        http="qlabs.config.protocol:Prompt",
        host=asked.host,
        port=asked.port,
        workers=asked.processes,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=3,
        server_header=False,
        proxy_headers=False,
    )
    _serve(config, socket.socket(fileno=asked.fd) if asked.fd is not None else config.bind_socket())


def _serve(config, bound):
    if config.workers > 1:
        Multiprocess(config, sockets=[bound]).run()
    else:
        server = uvicorn.Server(config)
        server.run(sockets=[bound])
        sys.exit(not server.started)


def _let_many_wait():
    """A connection that waits costs little, but is an open file."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


if __name__ == "__main__":
    main()
