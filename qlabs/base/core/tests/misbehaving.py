"""What a reader would do whom a hostile file has taken over, or nearly so."""

import os
import socket
import sys
import time
from pathlib import Path

from qlabs.base.core.apart.errors import Unreadable

HERE = Path(__file__)


def reads(content):
    return {"length": len(content)}, content[::-1]


def says_why(content):
    raise Unreadable("odd", row=3)


def eats_memory(content):
    return {"length": len(bytearray(10**9))}, b""


def spins(content):
    while True:
        pass


def sleeps(content):
    time.sleep(3600)


def floods(content):
    return {}, bytes(10**6)


def never_stops_talking(content):
    while True:
        os.write(1, bytes(10**5))


def dies(content):
    os.abort()


def stumbles(content):
    raise ZeroDivisionError


def raves(content):
    os.write(1, b"[" * 10**5)
    os._exit(0)


def looks_around(content):
    """What it can reach of the machine and of us."""
    tries = {
        "file": HERE.read_bytes,
        "connection": socket.socket,
        "child": os.fork,
        "environment": lambda: os.environ["QLABS_SECRET_KEY"],
        "django": lambda: sys.modules["django"],
    }
    return {name: _works(attempt) for name, attempt in tries.items()}, b""


def _works(attempt):
    try:
        attempt()
    except (OSError, KeyError):
        return False
    return True
