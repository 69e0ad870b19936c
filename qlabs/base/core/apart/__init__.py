"""Files from strangers are read apart: in a child process that can harm neither the pages nor what they hold.

The child has limits of memory, time and output, opens no file and no connection, and knows none of our settings.
"""

import json
import logging
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from . import child
from .errors import Unreadable

__all__ = ["Limits", "Unreadable", "read"]
ROOT = Path(__file__).resolve().parents[4]
_turns = defaultdict(threading.Lock)
logger = logging.getLogger("qlabs.apart")


@dataclass(frozen=True)
class Limits:
    """memory and output in bytes; cpu in seconds of work, wall in seconds until the child is ended whatever it does.

    patience: seconds that a file waits for its turn, for one file is read by each function at a time.
    """

    memory: int = 512 * 1024 * 1024
    output: int = 16 * 1024 * 1024
    cpu: int = 10
    wall: int = 20
    patience: int = 5


def read(function, content, *, limits=Limits()):
    """(facts, bytes) that `function`, "package.module:name", makes of hostile bytes. Raises Unreadable.

    Besides the codes of the function there are "busy", "too_long", "too_much" and "broken".
    """
    turn = _turns[function]
    if not turn.acquire(timeout=limits.patience):
        raise Unreadable("busy")
    try:
        answer, ended = _in_a_child(function, content, limits)
    finally:
        turn.release()
    return _read_answer(answer, ended, function, limits)


def _in_a_child(function, content, limits):
    """What it says until it ends or has said too much, and how it ended: None where its time was up."""
    late = threading.Event()
    with _started(function, limits) as process:
        clock = threading.Timer(limits.wall, _end, (process, late))
        feeder = threading.Thread(target=_feed, args=(process.stdin, content), daemon=True)
        clock.start()
        feeder.start()
        answer = process.stdout.read(limits.output + 1)
        if len(answer) > limits.output:
            process.kill()
        process.wait()
        clock.cancel()
        feeder.join()
    return answer, None if late.is_set() else process.returncode


def _started(function, limits):
    program = [sys.executable, "-I", "-B", child.__file__, str(ROOT), function, json.dumps(asdict(limits))]
    return subprocess.Popen(  # noqa: S603 - our own words
        program,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        start_new_session=True,
    )


def _end(process, late):
    late.set()
    process.kill()


def _feed(pipe, content):
    with suppress(OSError), pipe:  # it may end before it has read everything
        pipe.write(content)


def _read_answer(answer, ended, function, limits):
    if ended is None or ended == -signal.SIGXCPU:
        raise Unreadable("too_long")
    if len(answer) > limits.output:
        raise Unreadable("too_much")
    head, _line, content = answer.partition(b"\n")
    try:
        told = json.loads(head)
    except (ValueError, RecursionError):
        logger.warning("%s ended with %s and no answer", function, ended)
        raise Unreadable("broken") from None
    if "code" in told:
        raise Unreadable(told["code"], **told["facts"])
    return told["facts"], content
