"""`labtools count`: read ballots, count them, tell, draw or write what was asked for."""

from dataclasses import asdict
from fractions import Fraction
from pathlib import Path

from labcharts.rounds import rounds_svg, rounds_table
from labcharts.rounds_words import explain
from labengines.errors import EngineError
from labengines.voting import RULES, count, lot
from labtools import jsons, paths, pictures
from labtools.counting import cases, choices, files, words
from labtools.reading import encodings
from labtools.refusals import Refused, shortened

EXAMPLES = """examples:
  labtools count ward.blt --rule stv-scottish --explain
  labtools count ballots.csv --rule instant-runoff --svg rounds.svg --tie-break lot:our-seed
  labtools count projects.pb --rule budget-equal-shares --set completion=add1
  labtools count --case elections/ID.json --rules all --json out.json

Files: PrefLib (.soi .soc .toi .toc .cat), Scottish councils' .csv, .blt, Pabulib's .pb, our .json, and plain .csv
with a column for each option and a row for each ballot (ranks, scores, points or marks, as the rule takes them).
"""
FITTING = {  # how ballots of one form become those of another: (has, wants)
    ("ranked", "choice"): lambda ballot: ballot[0] if ballot and isinstance(ballot[0], str) else None,
    ("chosen", "choice"): lambda ballot: ballot[0] if len(ballot) == 1 else None,
    ("points", "choice"): lambda ballot: ballot[0][0] if len(ballot) == 1 else None,
    ("points", "chosen"): lambda ballot: tuple(option for option, _ in ballot),
    ("chosen", "points"): lambda ballot: tuple((option, 1) for option in ballot),
}


def add_to(commands, formatter):
    """Add the command `count` to the parser's commands."""
    found = commands.add_parser(
        "count",
        help="count votes by any of the known rules",
        description="Count votes by any of the known rules, and say how every seat was decided.",
        epilog=EXAMPLES,
        formatter_class=formatter,
    )
    found.set_defaults(run=run)
    add = found.add_argument
    add("file", nargs="?", metavar="FILE", help="ballots")
    add("--rule", choices=tuple(RULES), metavar="RULE", help=", ".join(RULES))
    add("--seats", type=int, metavar="N", help="how many can win (the file’s number, else 1)")
    add(
        "--tie-break",
        default="open",
        metavar="HOW",
        help="open: a tie stays; ballot: who stands first on the ballot; lot:SEED: a draw that anyone can repeat",
    )
    add(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help='a choice of the rule, such as unranked=domination or categories=\'{"Falls": "safety"}\'',
    )
    add("--explain", action="store_true", help="tell the count in sentences")
    add("--json", metavar="FILE", help="every number, exact ones as text; - for standard output")
    add("--svg", metavar="FILE", help="the picture of the rounds")
    pictures.add_width(add)
    add("--title", help="the file’s own title if none is given")
    add("--case", metavar="FILE", help="count one election of the reference data instead of a file")
    add("--rules", choices=("all",), default="all", help="of a case: all rules that fit its ballots")


def run(asked):
    """Do what the parsed options ask for; Refused where it cannot be done."""
    if asked.case is not None:
        paths.write(asked.json or "-", jsons.text(paths.answer(asked.case, _answers)))
        return
    if asked.file is None or asked.rule is None:
        raise Refused("Still needed: FILE and --rule. `labtools count --help` shows examples.")
    election = _read(asked)
    result = _counted(election, asked)
    title = asked.title or election.title or asked.file
    if asked.json:
        paths.write(asked.json, jsons.text(as_json(result, election.names)))
    if asked.svg:
        paths.write(asked.svg, rounds_svg(result, titles=election.names, title=title, width=asked.width))
    sentences = explain(result, titles=election.names)
    if asked.explain:
        paths.write("-", "\n".join(sentences) + "\n")
    elif not (asked.json or asked.svg):
        shown = rounds_table(result, titles=election.names, caption=title)
        paths.write("-", f"{title}\n{sentences[0]} {sentences[-1]}\n\n{shown}\n")


def _answers(case):
    try:
        return cases.run(case)
    except EngineError as refusal:
        raise words.refused(
            refusal, {str(at): str(name) for at, name in enumerate(case["candidates"], 1)}
        ) from None


def as_json(result, names):
    """A Result as dictionaries and lists; votes that are no whole numbers as text, such as "5/3"."""
    return {"names": names, "result": _exact(asdict(result))}


def _read(asked):
    text, _notes = encodings.decode(paths.content(asked.file))
    return files.read(text, Path(asked.file).suffix.lower(), RULES[asked.rule][1])


def _counted(election, asked):
    _function, form, several = RULES[asked.rule]
    own = choices.parsed(asked.set, election.names)
    if asked.rule.startswith("budget"):
        own = {"costs": election.costs, "budget": election.budget, **own}
        if None in own.values():
            raise Refused(f"--rule {asked.rule} needs costs and a budget; this file has none.")
    try:
        return count(
            _fitted(election, form, asked.rule),
            options=tuple(election.names),
            rule=asked.rule,
            seats=_seats(asked, election, several),
            tie_break=_tie_break(asked.tie_break, tuple(election.names)),
            **own,
        )
    except EngineError as refusal:
        raise words.refused(refusal, election.names) from None


def _seats(asked, election, several):
    if asked.seats is not None:
        return asked.seats
    return (election.seats if several else None) or 1


def _fitted(election, form, rule):
    if election.form == form:
        return election.ballots
    fit = FITTING.get((election.form, form))
    if fit is None:
        raise Refused(f"--rule {rule} takes {form} ballots; this file holds {election.form} ones.")
    found = {}
    for ballot, number in election.ballots.items():
        key = fit(ballot)
        found[key] = found.get(key, 0) + number
    return found


def _tie_break(how, options):
    if how == "open":
        return None
    if how == "ballot":
        return lambda tied: tuple(sorted(tied, key=options.index))
    if how.startswith("lot:") and how != "lot:":
        return lot(how.removeprefix("lot:").encode())
    raise Refused(f"--tie-break: “{shortened(how)}” is not open, ballot or lot:SEED.")


def _exact(found):
    if isinstance(found, dict):
        return {key: _exact(value) for key, value in found.items()}
    if isinstance(found, list | tuple):
        return [_exact(value) for value in found]
    if isinstance(found, Fraction):
        return int(found) if found.denominator == 1 else str(found)
    return found
