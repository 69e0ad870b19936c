"""Draw every reference pool and set the chances beside those of the reference programs.

python -m labtools.drawing.golden [folder]
"""

import argparse
import sys
from pathlib import Path

from labtools import jsons
from labtools.drawing import cases

FOLDER = Path("../shared/data/sortition")
NEAR = 0.01  # of the optimum, for the lowest chance
MINIMUM = 0.0005  # for the lowest chance of maximin
TOLERANCES = ((0.2, 0.005), (1.01, 0.02))  # of one person: up to this chance, this difference
HEADS = (
    "pool",
    "aim",
    "lowest %",
    "bound %",
    "reference %",
    "farthest person",
    "broken",
    "s",
    "as it should be",
)


def main(arguments=None):
    """Print the table; the exit status is 1 if a pool fails, 2 if there are none."""
    parser = argparse.ArgumentParser(
        prog="python -m labtools.drawing.golden", description=__doc__.splitlines()[0]
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, default=FOLDER, help=f"where the pools are ({FOLDER})"
    )
    folders = sorted(path.parent for path in parser.parse_args(arguments).folder.glob("*/meta.json"))
    if not folders:
        sys.stderr.write("No reference pools: the folder holds none. Name their folder.\n")
        return 2
    rows = [row for folder in folders for row in compared(folder)]
    widths = [max(len(row[place]) for row in [HEADS, *rows]) for place in range(len(HEADS))]
    for row in [HEADS, *rows]:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write(line.rstrip() + "\n")
    return 0 if all(row[-1] == "yes" for row in rows) else 1


def compared(folder):
    """A row of texts for each aim that the reference has an answer to."""
    reference = jsons.read(folder / "reference.json")["results"]
    if not reference[0].get("feasible", True):
        (own,) = cases.run(folder, methods=["leximin"])["results"]
        yield (
            folder.name,
            "any",
            *["-"] * 6,
            "yes" if own["feasible"] is False else "no: it must be refused",
        )
        return
    for method in sorted({result["algorithm"] for result in reference} - {"any"}):
        (own,) = cases.run(folder, methods=[method])["results"]
        known = [result for result in reference if result["algorithm"] == method]
        yield _row(folder.name, own, known)


def _row(name, own, known):
    with_people = [result["probabilities"] for result in known if result.get("probabilities")]
    apart = max((_farthest(own["probabilities"], chances) for chances in with_people), default=0.0)
    lowest = [_lowest(result) for result in known]
    return (
        name,
        own["algorithm"],
        f"{100 * own['maximin']:.3f}",
        f"{100 * own['certified_upper_bound']:.3f}",
        " ".join(f"{100 * value:.3f}" for value in lowest if value is not None),
        f"{apart:.4f}",
        str(own["panels_breaking_quotas"]),
        f"{own['seconds']:.1f}",
        _verdict(own, known, with_people),
    )


def _verdict(own, known, with_people):
    if own["panels_breaking_quotas"]:
        return "no: a panel breaks a quota"
    if own["algorithm"] != "nash" and own["maximin"] < (1 - NEAR) * own["certified_upper_bound"]:
        return "no: the lowest chance misses the optimum by more than 1 %"
    if own["algorithm"] == "maximin":
        lowest = [value for value in map(_lowest, known) if value]
        return (
            "yes"
            if all(own["maximin"] > value - MINIMUM for value in lowest)
            else "no: a reference is higher"
        )
    near = [_all_near(own["probabilities"], chances) for chances in with_people]
    return "yes" if any(near) or not near else "no: chances differ"


def _lowest(result):
    """The lowest chance of those who can be chosen."""
    chances = result.get("probabilities")
    if chances:
        return min(value for value in chances.values() if value > 0)
    return result.get("maximin") or result.get("min_prob") or None


def _farthest(own, chances):
    return max(abs(own[person] - chance) for person, chance in chances.items())


def _all_near(own, chances):
    return all(
        abs(own[person] - chance) <= next(most for below, most in TOLERANCES if chance < below)
        for person, chance in chances.items()
    )


if __name__ == "__main__":
    sys.exit(main())
