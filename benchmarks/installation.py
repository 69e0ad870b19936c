"""The big demo in an installation of its own, built once for all benchmarks of a run that need it."""

import json
import tempfile
from contextlib import contextmanager
from functools import cache

from qlabs.across.operate.proofs.installation import scratch


@contextmanager
def big_demo(*, members=5000, labs=20):
    """Its folder goes when the run ends."""
    with scratch(home=_folder().name) as place:
        place.qlabs("demo", "--members", str(members), "--labs", str(labs), "--if-empty")
        yield place


@cache
def _folder():
    return tempfile.TemporaryDirectory(prefix="qlabs-bench-")


def inside(place, act, **wish):
    """Do one act of `benchmarks.scenes` with the installation's database."""
    return json.loads(place.run("-m", "benchmarks.inside", act, given=json.dumps(wish)))
