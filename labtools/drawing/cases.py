"""One folder of reference data, answered in the fields of its own reference."""

import time
from pathlib import Path

from labengines.errors import EngineError
from labengines.lottery import errors, geometric_mean, gini
from labengines.lottery.fairest import TARGETS, distribution
from labtools import jsons
from labtools.drawing import sheets, words
from labtools.refusals import Refused

SOURCE = "labengines.lottery"


def run(folder, *, methods=None, seconds=300.0):
    """The answer to a case as a dictionary. methods: names, all if None."""
    folder = Path(folder)
    try:
        meta = jsons.read(folder / "meta.json")
        size, households = meta["panel_size"], meta.get("households")
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise Refused(f"“{folder}” is not a whole case: meta.json, {type(fault).__name__}.") from None
    pool, quotas = sheets.people(folder / "respondents.csv"), sheets.quotas(folder / "categories.csv")
    one_per = "household" if households else None
    try:
        results = [_result(method, pool, quotas, size, one_per, seconds) for method in methods or TARGETS]
    except errors.Impossible as error:
        results = [_impossible(error)]
    except EngineError as error:
        raise words.refused(error, pool.rows, quotas.rows) from None
    return {"instance": folder.resolve().name, **meta, "results": results}


def figures(found):
    """Numbers of a Distribution in the names of the reference data."""
    chances = found.chances
    values = list(chances.values())
    return {
        "algorithm": found.method,
        "source": SOURCE,
        "feasible": True,
        "min_prob": min(values),
        "max_prob": max(values),
        "maximin": found.lowest,
        "certified_upper_bound": found.bound,
        "gini": gini(values),
        "geo_mean": geometric_mean(values),
        "panels": len(found.panels),
        "panels_breaking_quotas": 0,
        "people_with_zero_probability": len(found.unchosen),
        "types": len(found.kinds),
        "probabilities": chances,
    }


def breaking(found, quotas):
    """How many panels break a quota, the size or the rule of one per household, counted anew."""
    count = 0
    for panel in found.panels:
        kept = sum(panel) == found.size
        for quota in quotas:
            place = found.traits.index(quota.trait)
            there = sum(
                number
                for number, kind in zip(panel, found.kinds, strict=True)
                if kind.values[place] == quota.value
            )
            kept = kept and quota.least <= there <= quota.most
        for house, homes in enumerate(found.houses):
            there = sum(
                number for number, kind in zip(panel, found.kinds, strict=True) if kind.house == house
            )
            kept = kept and there <= (len(homes) if found.one_per else there)
        count += not kept
    return count


def _result(method, pool, quotas, size, one_per, seconds):
    began = time.monotonic()
    found = distribution(
        method, pool.people, quotas.quotas, size, one_per=one_per,
        time_left=lambda: began + seconds - time.monotonic(),
    )  # fmt: skip
    spent = time.monotonic() - began
    return figures(found) | {
        "panels_breaking_quotas": breaking(found, quotas.quotas),
        "proved": found.proved,
        "seconds": round(spent, 2),
    }


def _impossible(error):
    changes, households = error.params["changes"], error.params["households"]
    return {
        "algorithm": "any",
        "source": SOURCE,
        "feasible": False,
        "message": f"No panel keeps every quota. {words.changes_in_words(changes, households)}",
        "changes": [vars(change) for change in changes],
    }
