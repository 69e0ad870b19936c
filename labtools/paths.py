"""Files and standard input and output, with a sentence for whatever goes wrong; "-" stands for the latter two."""

import sys
from pathlib import Path

from labengines.errors import EngineError
from labtools import jsons
from labtools.refusals import Refused

MALFORMED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError)


def content(path):
    """The bytes of a file. Raises Refused."""
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except (OSError, ValueError) as fault:
        raise Refused(f"“{path}” cannot be read: {_why(fault)}.") from None


def write(path, text):
    """Write text to a file. Raises Refused."""
    if path == "-":
        sys.stdout.reconfigure(errors="replace")
        sys.stdout.write(text)
        return
    try:
        Path(path).write_text(text, encoding="utf-8")
    except (OSError, ValueError) as fault:
        raise Refused(f"“{path}” cannot be written: {_why(fault)}.") from None


def answer(path, run):
    """What `run` makes of the reference case that a file holds. Raises Refused."""
    try:
        case = jsons.read(Path(path))
    except OSError as fault:
        raise Refused(f"“{path}” cannot be read: {fault.strerror}.") from None
    except (ValueError, RecursionError) as fault:
        raise Refused(f"“{path}” is not JSON: {fault}.") from None
    try:
        return run(case)
    except EngineError as refusal:
        raise Refused(f"“{path}” is not a case that can be run: {refusal}.") from None
    except MALFORMED as fault:
        raise Refused(f"“{path}” is not a whole case: {type(fault).__name__}, {fault}.") from None


def _why(fault):
    return getattr(fault, "strerror", None) or fault
