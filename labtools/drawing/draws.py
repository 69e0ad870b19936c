"""`labtools draw`: from two tables to chances, a list that can be promised, and a panel."""

import secrets
import time
from dataclasses import asdict

import numpy as np

from labcharts.chances import chances_svg
from labengines import lottery
from labengines.errors import EngineError
from labengines.lottery.fairest import distribution
from labtools import jsons, paths
from labtools.drawing import cases, sheets, words
from labtools.refusals import Refused


def run(asked):
    """Run the command; raises Refused."""
    if asked.case:
        found = cases.run(asked.case, methods=[asked.method] if asked.method else None, seconds=asked.seconds)
        paths.write(asked.json or "-", jsons.text(found))
        return
    missing = [name for name in ("respondents", "categories", "size") if getattr(asked, name) is None]
    if missing:
        raise Refused(f"Still needed: {', '.join(missing)}. `labtools draw --help` shows examples.")
    pool = sheets.people(asked.respondents, addresses=asked.one_per if asked.addresses else None)
    quotas = sheets.quotas(asked.categories)
    seed = secrets.randbits(32) if asked.seed is None else asked.seed
    if seed < 0:
        raise Refused("--seed must not be negative.")
    try:
        found = distribution(
            asked.method or "leximin",
            pool.people,
            quotas.quotas,
            asked.size,
            one_per=asked.one_per,
            time_left=alarm(asked.seconds),
        )
        listed = lottery.commit(found, np.random.default_rng(seed), length=asked.length)
    except EngineError as error:
        raise words.refused(error, pool.rows, quotas.rows) from None
    _hand_over(asked, found, listed, seed)


def alarm(seconds):
    """A function that gives how many of so many seconds are left, counted from now."""
    until = time.monotonic() + seconds
    return lambda: until - time.monotonic()


def _hand_over(asked, found, listed, seed):
    drawn = lottery.draw(listed, asked.public_seed) if asked.public_seed else None
    if asked.list:
        paths.write(asked.list, listed.text)
    if asked.json:
        paths.write(asked.json, jsons.text(_book(found, listed, seed, drawn)))
    if asked.svg:
        paths.write(asked.svg, chances_svg(found, width=asked.width))
    if "-" not in (asked.list, asked.json, asked.svg):
        paths.write("-", _sentences(found, listed, seed, drawn))


def _book(found, listed, seed, drawn):
    return cases.figures(found) | {
        "proved": found.proved,
        "gap": found.gap,
        "seed": seed,
        "list_sha256": listed.sha256,
        "list_length": len(listed.panels),
        "rounding": listed.rounding,
        "in_list": {person: held for person, (held, _) in listed.chances.items()},
        "drawn": asdict(drawn) if drawn else None,
    }


def _sentences(found, listed, seed, drawn):
    chances = found.chances
    lines = [
        f"A panel of {found.size} from {len(chances):,} people: each has a chance of "
        f"{found.lowest:.1%} to {max(chances.values()):.1%}.",
        _certificate(found),
        f"The list has {len(listed.panels):,} panels (seed {seed}); rounding moves a chance by at most "
        f"{100 * listed.rounding:.2f} points.",
        f"SHA-256 of the list: {listed.sha256}",
    ]
    if found.unchosen:
        lines.insert(1, f"No panel that keeps the quotas can hold: {', '.join(found.unchosen)}.")
    if drawn:
        lines += [f"Number drawn: {drawn.number}", *drawn.panel]
    return "\n".join(lines) + "\n"


def _certificate(found):
    if not found.proved:
        return (
            f"Time ran out: the lowest chance is {found.lowest:.2%}, and could be {found.bound:.2%} at most."
        )
    if found.method == "nash":
        return "Proved: no lottery has a larger product of chances."
    return "Proved: no lottery that keeps the quotas has a higher lowest chance."
