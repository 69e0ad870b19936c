"""Run every reference case and count, by family and chart, how many our engines reproduce.

python -m labtools.golden [folder]
"""

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path

from labtools import cases, comparing, jsons

FOLDER = Path("../shared/data/spc/cases")
SUSPECT = "suspect-upstream"
CRASHES = (ArithmeticError, AttributeError, ImportError, LookupError, TypeError, ValueError)


def main(arguments=None):
    """Print the table; the exit status is 1 if a case fails, 2 if there are none."""
    asked = _parser().parse_args(arguments)
    paths = sorted(asked.folder.glob(asked.only + "*.json"))
    if not paths:
        print(f"No reference cases: {asked.folder} holds no .json files. Name their folder.", file=sys.stderr)
        return 2
    counts, failures = count(paths)
    print(table(counts))
    for name, faults in failures.items():
        print(f"\n{name}: {len(faults)} differences", *faults[: asked.show], sep="\n  ")
    return 1 if failures else 0


def count(paths):
    """({(family, chart): Counter}, {name: differences}) of case files."""
    counts, failures = defaultdict(Counter), {}
    for path in paths:
        case = jsons.read(path)
        faults = check(case)
        line = counts[case["family"], case["chart"]]
        line.update(cases=1, passed=not faults, failed=bool(faults))
        line[SUSPECT] += SUSPECT in case.get("tags", ())
        if faults:
            failures[path.stem] = faults
    return counts, failures


def check(case):
    """Where our answer to a case differs from its `expected`; a refusal has only to be one."""
    expected = case["expected"]
    try:
        got = jsons.plain(cases.run(case))
    except CRASHES as crash:
        return [f"/: stopped with {crash!r}"]
    if "error" in expected:
        return [] if set(got) == {"error"} else ["/error: the input was not refused"]
    if set(got) == {"error"}:
        return [f"/error: refused, {got['error']}"]
    return comparing.differences(expected, got, **case.get("tolerance", {}))


def table(counts):
    """The counts as lines of text, with a total."""
    columns = ("cases", "passed", "failed", SUSPECT)
    lines = [f"{'family':<12}{'chart':<18}" + "".join(f"{name:>{len(name) + 3}}" for name in columns)]
    total = Counter()
    for (family, chart), line in sorted(counts.items()):
        total.update(line)
        lines.append(_line(family, chart, line, columns))
    return "\n".join([*lines, _line("all", "", total, columns)])


def _line(family, chart, line, columns):
    return f"{family:<12}{chart:<18}" + "".join(f"{line[name]:>{len(name) + 3}}" for name in columns)


def _parser():
    parser = argparse.ArgumentParser(prog="python -m labtools.golden", description=__doc__.splitlines()[0])
    parser.add_argument(
        "folder", nargs="?", type=Path, default=FOLDER, help=f"where the cases are ({FOLDER})"
    )
    parser.add_argument(
        "--only", default="", metavar="START", help="only cases whose name starts so, such as ptd-"
    )
    parser.add_argument(
        "--show", type=int, default=5, metavar="N", help="differences shown of each failure (5)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
