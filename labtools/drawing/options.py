"""The options of `labtools draw`, `labtools replace` and `labtools seat`."""

import argparse

from labengines.lottery.listing import USUAL_LENGTH
from labtools import pictures
from labtools.drawing import draws, replacements, seats

METHODS = ("leximin", "maximin", "nash")
DRAW = """examples:
  labtools draw respondents.csv categories.csv --size 24 --one-per household --list panels.json
  labtools draw respondents.csv categories.csv --size 24 --seed 7 --public-seed "4 17 23 31 40 8" --json out.json
  labtools draw --case folder --json out.json

respondents.csv: a column “id” and one for each feature. categories.csv: columns feature, value, min, max.
Publish the list and its hash first; then take the public seed, such as a lottery's numbers, and repeat the command
with the same --seed. scripts/redraw.py repeats the draw from the list with nothing but Python.

Where no panel keeps every quota the exit status is 2, and the least change of the quotas that would do is said. A
reference case is different: that it is infeasible is then a right answer, written as JSON with the exit status 0.
"""
REPLACE = """examples:
  labtools replace respondents.csv categories.csv drawn.json --leaving p0042,p0108 --one-per household
  labtools replace respondents.csv categories.csv members.txt --leaving p0042 --public-seed "3 11 19" --json now.json

The panel is what `labtools draw --json` or an earlier `labtools replace --json` wrote, or a text file with an id on
each line. Whoever comes in is drawn by the public seed from all who keep the quotas. If one of them cannot come either,
give the JSON of this round to the next one: then nobody who has left comes in again. Where a quota cannot be kept the
answer is written all the same and names it; the exit status is 0 then too.
"""
SEAT = """example:
  labtools seat people.csv --tables 6 --rounds 3 --together family --apart team --balance role,region --seed 7

people.csv: a column “id”. People with the same entry under --together share a table, under --apart they never do.
"""


def add(commands):
    """Add the commands to the parser's."""
    _draw(_command(commands, "draw", "draw a panel by lot that fits its quotas", DRAW, draws.run))
    says = "fill the seats of people who leave a panel"
    _replace(_command(commands, "replace", says, REPLACE, replacements.run))
    _seat(_command(commands, "seat", "seat people at tables so that nobody meets twice", SEAT, seats.run))


def _command(commands, name, says, epilog, run):
    found = commands.add_parser(
        name,
        help=says,
        description=f"{says.capitalize()}.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.set_defaults(run=run)
    return found


def _draw(found):
    add = found.add_argument
    add("respondents", nargs="?", metavar="respondents.csv", help="the pool")
    add("categories", nargs="?", metavar="categories.csv", help="the quotas")
    add("--size", type=int, metavar="N", help="people in the panel")
    add(
        "--one-per", metavar="COLUMN", help="column of which a panel holds each entry once, such as household"
    )
    add("--addresses", action="store_true", help="--one-per holds addresses: two ways to write one are one")
    add("--method", choices=METHODS, help="what is fair: lowest chances first (leximin), only the lowest (maximin), "
        "their product (nash)")  # fmt: skip
    add("--seed", type=int, metavar="N", help="who of equal people sits with whom in the list")
    add(
        "--length", type=int, default=USUAL_LENGTH, metavar="N", help=f"panels in the list ({USUAL_LENGTH:,})"
    )
    add("--public-seed", metavar="TEXT", help="draw a panel from the list with this seed")
    add(
        "--seconds",
        type=float,
        default=300,
        metavar="N",
        help="then the best found so far is taken, with what is the best possible (300)",
    )
    add("--list", metavar="FILE", help="the numbered list of panels; - for standard output")
    add("--json", metavar="FILE", help="every chance and number")
    add("--svg", metavar="FILE", help="the chances as a picture")
    pictures.add_width(add)
    add("--case", metavar="FOLDER", help="run one reference case: respondents.csv, categories.csv, meta.json")


def _replace(found):
    add = found.add_argument
    add("respondents", metavar="respondents.csv", help="the pool")
    add("categories", metavar="categories.csv", help="the quotas")
    add("panel", metavar="panel", help="the panel: JSON of a draw, or a list of ids")
    add("--leaving", type=_names, required=True, metavar="ID,ID", help="who leaves")
    add("--one-per", metavar="COLUMN", help="column of which a panel holds each entry once, as for the draw")
    add("--addresses", action="store_true", help="--one-per holds addresses: two ways to write one are one")
    add("--public-seed", metavar="TEXT", help="a seed that everybody saw; the same seed chooses alike")
    add("--json", metavar="FILE", help="the panel now, who came for whom, each quota; - for standard output")


def _seat(found):
    add = found.add_argument
    add("people", metavar="people.csv", help="who comes")
    add("--tables", type=int, required=True, metavar="N", help="how many tables")
    add("--rounds", type=int, required=True, metavar="N", help="how often people change tables")
    add("--together", metavar="COLUMN", help="people with the same entry share a table")
    add("--apart", metavar="COLUMN", help="people with the same entry never share a table")
    add("--access", metavar="COLUMN", help="tables where a person can sit, such as 1 2; blank for any")
    add("--balance", type=_names, default=(), metavar="COLUMN,COLUMN", help="tables mirror all in these")
    add("--seed", type=int, metavar="N", help="the same seed seats alike")
    add("--json", metavar="FILE", help="the tables; - for standard output")


def _names(text):
    return tuple(name.strip() for name in text.split(","))
