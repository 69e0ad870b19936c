"""The child's side: take limits, read standard input with one function, say what it made of it, and end.

It imports neither Django nor a parser before its limits stand, and has no environment but its arguments.
"""

import json
import os
import resource
import sys
from importlib import import_module

NICE = 10  # the pages come first


def main(root, function, limits):
    limits = json.loads(limits)
    _limit(limits)
    sys.modules["numpy"] = None  # the workbook's reader would load it where it is there, and does not need it
    sys.path.insert(0, root)
    module, _colon, name = function.partition(":")
    reader = import_module(module)
    if warm_up := getattr(reader, "warm_up", None):
        warm_up()
    content = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # from here on it opens nothing
    head, made = _told(getattr(reader, name), content)
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + made)


def _limit(limits):
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu"], limits["cpu"] + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    if sys.platform == "linux":  # others refuse it
        resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))


def _told(read, content):
    from qlabs.base.core.apart.errors import Unreadable  # noqa: PLC0415 - the way to it is known only now

    try:
        facts, made = read(content)
    except Unreadable as problem:
        return {"code": problem.code, "facts": problem.facts}, b""
    except MemoryError:
        return {"code": "too_much", "facts": {}}, b""
    return {"facts": facts}, made


if __name__ == "__main__":
    main(*sys.argv[1:])
