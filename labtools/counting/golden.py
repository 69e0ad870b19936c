"""Count every reference election by every rule and say what is reproduced, and by name what is not.

python -m labtools.counting.golden [folder]
"""

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path

from labtools import comparing, jsons
from labtools.counting import cases

FOLDER = Path("../shared/data/voting")
ABOUT = (
    *("source", "seconds", "algorithm", "convention", "log", "error", "note", "config_rules"),
    *("equals_official", "equals_official_votes_column", "same_as_expected_file_of_the_starvote_repository"),
)
NOT_OFFERED = {  # start of the rule's name: why no entry of ours stands beside it
    "votekit": "the reference records only that its library failed",
    "stv_wigm": "exact and four-decimal transfers are not offered, the Scottish rule is",
    "pav": "proportional approval as an optimisation is not offered, the sequential rule is",
    "sav": "satisfaction approval is not offered",
    "seqcc": "sequential Chamberlin-Courant is not offered",
    "Sequentially_Spent_Score": "proportional score rules are not offered",
    "Reweighted_Range_Voting": "proportional score rules are not offered",
}
EXPLAINED = {  # start of where an answer differs: why it may
    "/expected_report/config": "the report's own heading",
    "/expected_report/jsonFormatVersion": "the report's own heading",
    "/expected_report/summary": "the report's own summary",
    "/inactiveBallots": "ballots that stopped counting are one number here, not four kinds",
    "/tallyResults": "transfers of a batch are added up here",
}


def main(arguments=None):
    """Print the table; the exit status is 1 if an entry differs without a named reason, 2 without data."""
    parser = argparse.ArgumentParser(
        prog="python -m labtools.counting.golden", description=__doc__.splitlines()[0]
    )
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    folder = parser.parse_args(arguments).folder
    paths = sorted(folder.glob("elections/*.json"))
    if not paths:
        sys.stderr.write(f"No elections: {folder}/elections holds no .json files. Name their folder.\n")
        return 2
    lines, faults = check(folder, paths)
    sys.stdout.write("\n".join([*table(lines), *faults]) + "\n")
    return 1 if faults else 0


def check(folder, paths):
    """({rule: Counter of "reproduced", "explained", "differs" and reasons}, sentences for what differs)."""
    lines, faults = defaultdict(Counter), []
    for path in paths:
        got = jsons.plain(cases.run(jsons.read(path)))["results"]
        ours = {key(entry): entry for entry in got}
        for entry in jsons.read(folder / "reference" / path.name)["results"]:
            verdict, why = compare(entry, ours.get(key(entry)))
            lines[entry["rule"]][verdict] += 1
            if verdict == "differs":
                faults.append(f"{path.stem}, {entry['rule']}: {'; '.join(why[:3])}")
            else:
                lines[entry["rule"]].update({reason: 1 for reason in why})
    return lines, faults


def key(entry):
    """What tells an entry from the others of its election."""
    return entry["rule"], entry.get("committee_size")


def compare(reference, ours):
    """("reproduced", "explained" or "differs", reasons or differences)."""
    wanted = {name: value for name, value in reference.items() if name not in ABOUT}
    if ours is None:
        reasons = [why for start, why in NOT_OFFERED.items() if reference["rule"].startswith(start)]
        return ("explained", reasons) if reasons else ("differs", ["no entry of ours"])
    if set(wanted) == {"rule"}:
        return "explained", ["a reference holds no answer, as its library did not finish"]
    found = comparing.differences(wanted, ours)
    reasons = {why for fault in found for start, why in EXPLAINED.items() if start in fault}
    if all(any(start in fault for start in EXPLAINED) for fault in found):
        return ("explained" if found else "reproduced"), sorted(reasons)
    return "differs", found


def table(lines):
    """A line for each rule, the reasons under those that are explained, and a total."""
    shown = [f"{'rule':<72}{'reproduced':>12}{'explained':>12}{'differs':>10}"]
    total = Counter()
    verdicts = ("reproduced", "explained", "differs")
    for rule, line in sorted(lines.items()):
        total.update({verdict: line[verdict] for verdict in verdicts})
        shown.append(_line(rule, line))
        shown += [f"    {reason}" for reason in line if reason not in verdicts]
    return [*shown, _line("all", total)]


def _line(rule, line):
    return f"{rule[:70]:<72}{line['reproduced']:>12}{line['explained']:>12}{line['differs']:>10}"


if __name__ == "__main__":
    sys.exit(main())
