"""Ballots as they were marked, with blanks, overvotes and undeclared write-ins (Minneapolis)."""

from labengines.voting import count
from labtools.counting import droop

WRITE_INS = "UWI"
OVERVOTE = "overvote"
NAME = "Undeclared Write-ins"


def ranking(marks, write_ins):
    """The ranking that a row of marks stands for.

    It ends at an overvote and at two blanks in a row; a blank before a mark is skipped; an option
    counts at its first mark. write_ins: the id that all undeclared write-ins share.
    """
    found, before = [], 0
    for mark in marks:
        if mark == OVERVOTE or (mark is None and before is None):
            break
        if mark is not None:
            option = write_ins if mark == WRITE_INS else str(mark)
            found += [option] if option not in found else []
        before = mark
    return tuple(found)


def raw(case):
    """The entries of an election with raw marks: run-off with batches, and one exclusion at a time."""
    write_ins = str(len(case.options) + 1)
    options = (*case.options, write_ins)
    ballots = case.ballots(lambda marks: ranking(marks, write_ins))
    without = {}
    for ballot, number in ballots.items():
        rest = tuple(option for option in ballot if option != write_ins)
        without[rest] = without.get(rest, 0) + number
    opening = count(ballots, options=options, rule="instant-runoff").stages[0]
    runoff = count(without, options=options, rule="instant-runoff", batch=True)
    names = {option: name for option, name in zip(options, (*case.names, NAME), strict=True)}
    winners = [int(option) for option in runoff.winners]
    yield {
        "rule": "instant runoff as configured below, round by round",
        "winners": winners,
        "expected_report": {"results": _rounds([opening, *runoff.stages], names, write_ins)},
    }
    stages = count(ballots, options=options, rule="stv-scottish", tie_break=_last)
    yield {
        "rule": "instant_runoff stage by stage (one exclusion per stage)",
        "winners": [int(option) for option in stages.winners],
        "stages_last3": droop.fields(stages)["stages"][-3:],
    }


def _last(tied):
    return tuple(sorted(tied, key=int, reverse=True))


def _rounds(stages, names, write_ins):
    found, gone = [], set()
    for number, stage in enumerate(stages, 1):
        tally = {names[option]: str(votes) for option, votes in stage.tallies if option not in gone}
        found.append({"round": number, "tally": tally, "threshold": str(stage.needed)})
        gone |= {write_ins} if number == 1 else set(stage.excluded)
    return found
