"""The command: charts of a table, or one reference case.

Exit status 0 when it is done; 2, with one message on standard error, when it is not.
"""

import argparse
import math
import os
import sys

from labengines.spc.choices import DIRECTIONS, PRESETS
from labengines.spc.kinds import KINDS
from labtools import pictures, spc
from labtools.counting import command as counting
from labtools.drawing import options as drawing
from labtools.reading.dates import day
from labtools.refusals import Refused

EXAMPLES = """examples:
  labtools spc falls.csv --kind u --date month --value falls --denominator bed_days --multiply 1000 --html falls.html
  labtools spc waits.csv --kind i --date week --value minutes --preset making-data-count --direction decrease \\
      --target 30 --svg waits.svg
  labtools spc - --kind run --value y < data.csv
  labtools spc --case case.json --json out.json

The table is a CSV file with column names in its first row and one row for each period and site. Commas, semicolons
and tabs are told apart; so are UTF-8, UTF-16 and Windows-1252, decimal point and comma, and eight ways to write dates.
A day comes before a month where both are possible. Cells that are empty, NA or suppressed (*, <5) are missing.
"""


def main(arguments=None):
    """Run the command; returns the exit status."""
    asked = parser().parse_args(arguments)
    try:
        asked.run(asked)
        sys.stdout.flush()
    except Refused as refusal:
        sys.stderr.write(f"labtools: {refusal}\n")
        return 2
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def parser():
    """The command's options."""
    top = argparse.ArgumentParser(
        prog="labtools", description="Charts from a table, counts of votes, draws and seats."
    )
    commands = top.add_subparsers(required=True, metavar="command")
    found = commands.add_parser(
        "spc",
        help="draw run charts and control charts",
        description="Draw run charts and control charts of a CSV table, and say what they show.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.set_defaults(run=spc.run)
    _columns(found.add_argument_group("the table"))
    _choices(found.add_argument_group("the chart"))
    _outputs(found.add_argument_group("what comes out"))
    counting.add_to(commands, argparse.RawDescriptionHelpFormatter)
    drawing.add(commands)
    return top


def _columns(group):
    group.add_argument("table", nargs="?", metavar="data.csv", help="CSV file, or - for standard input")
    group.add_argument(
        "--kind",
        choices=tuple(KINDS),
        metavar="KIND",
        help=", ".join(f"{key}: {kind.name}" for key, kind in KINDS.items()),
    )
    group.add_argument("--value", metavar="COLUMN", help="column of values, or of numerators")
    group.add_argument("--denominator", metavar="COLUMN", help="column of denominators")
    group.add_argument(
        "--date", metavar="COLUMN", help="column of dates, numbers or names; equal ones form one point"
    )
    group.add_argument(
        "--facet", metavar="COLUMN", help="column that cuts the table into one chart each, such as site"
    )
    group.add_argument(
        "--phase", metavar="COLUMN", help="column of labels; a new phase begins with each new label"
    )


def _choices(group):
    add = group.add_argument
    add("--preset", choices=tuple(PRESETS), default="qicharts2", help="whose conventions hold (qicharts2)")
    add("--freeze", type=int, metavar="N", help="lines come from the first N points")
    add(
        "--exclude",
        type=_numbers,
        default=(),
        metavar="N,N",
        help="points (from 1) that lines and runs leave out",
    )
    add("--rebase", type=_days, default=(), metavar="DATE,DATE", help="dates that begin a new phase")
    add("--target", type=_number, metavar="NUMBER", help="in the unit shown")
    add("--direction", choices=DIRECTIONS, default="neutral", help="which way is better (neutral)")
    add("--screening", action=argparse.BooleanOptionalAction, help="leave out unusually large moving ranges")
    add("--rules", type=_names, metavar="NAME,NAME", help="outside, anhoej, best-box, cut-box, ihi, making-data-count, "
        "western-electric, nelson")  # fmt: skip
    add("--centre", type=_number, metavar="NUMBER", help="a centre line that is given")
    add(
        "--multiply",
        type=_number,
        default=1,
        metavar="NUMBER",
        help="factor for what is shown, such as 100 or 1000",
    )
    add("--floor", action="store_true", help="raise limits below zero to zero where no value is below zero")
    add(
        "--aggregate",
        choices=("mean", "median", "sum", "sd"),
        default="mean",
        help="of rows in one period (mean)",
    )
    add(
        "--upstream",
        action="store_true",
        help="repeat the preset's package to the letter, with its known faults",
    )


def _outputs(group):
    group.add_argument("--title", help="the column's name if none is given")
    group.add_argument("--unit", default="", help='such as "%%" or "minutes"')
    group.add_argument("--json", metavar="FILE", help="every number; - for standard output")
    group.add_argument("--svg", metavar="FILE", help="the picture")
    pictures.add_width(group.add_argument)
    group.add_argument("--html", metavar="FILE", help="a page with picture, verdict and table")
    group.add_argument("--case", metavar="FILE", help="run one reference case (JSON) instead of a table")


def _numbers(text):
    try:
        return tuple(int(number) for number in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” must be whole numbers with commas between them") from None


def _number(text):
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise argparse.ArgumentTypeError(f"“{text}” is not a number")
    return found


def _names(text):
    return tuple(name.strip() for name in text.split(","))


def _days(text):
    try:
        return tuple(day(part) for part in text.split(","))
    except Refused as refusal:
        raise argparse.ArgumentTypeError(str(refusal)) from None
