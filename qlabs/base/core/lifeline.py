"""A child ends when its parent does, however that ended: the parent holds a pipe, and the child sees it break."""

import os
import signal
import threading

NAME = "QLABS_LIFELINE"


def hold():
    """(end for the children's environment and `pass_fds`, end that the parent keeps open until it ends)."""
    for_children, kept = os.pipe()
    return for_children, kept


def hang_on():
    """In a child: ask this process to stop once the parent is gone. Does nothing where nobody holds a line."""
    end = os.environ.pop(NAME, "")
    if end:
        threading.Thread(target=_wait, args=(int(end),), name="lifeline", daemon=True).start()


def _wait(end):
    os.read(end, 1)
    os.kill(os.getpid(), signal.SIGTERM)
