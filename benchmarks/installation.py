"""The big demo in an installation of its own, or in a folder that keeps it from one run to the next."""

import json
import os
from contextlib import contextmanager
from pathlib import Path

from qlabs.across.operate.proofs.installation import scratch

KEPT = "QLABS_BENCH_HOME"


@contextmanager
def big_demo(*, members=5000, labs=20):
    """QLABS_BENCH_HOME names a folder to keep it in; otherwise it is built anew and removed."""
    home = os.environ.get(KEPT)
    if home:
        Path(home).mkdir(parents=True, exist_ok=True)
    with scratch(home=home) as place:
        place.qlabs("demo", "--members", str(members), "--labs", str(labs), "--if-empty")
        yield place


def inside(place, act, **wish):
    """Do one act of `benchmarks.scenes` with the installation's database."""
    return json.loads(place.run("-m", "benchmarks.inside", act, given=json.dumps(wish)))
