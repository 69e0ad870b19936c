"""`labtools replace`: members leave a panel; who comes in so that the quotas still hold."""

import secrets
from dataclasses import asdict
from hashlib import sha256

import numpy as np
from scipy.optimize import linear_sum_assignment

from labengines import lottery
from labengines.errors import EngineError
from labengines.lottery.checks import check
from labtools import jsons, paths
from labtools.drawing import panels, sheets, words
from labtools.refusals import shortened


def run(asked):
    """Run the command; raises Refused."""
    pool = sheets.people(asked.respondents, addresses=asked.one_per if asked.addresses else None)
    quotas = sheets.quotas(asked.categories)
    seed = asked.public_seed or str(secrets.randbits(32))
    try:
        check(pool.people, quotas.quotas, 1, asked.one_per)
        panel = panels.read(asked.panel)
        before = panels.members(panel, pool.people, asked.panel)
        away = {*panel.ids, *panel.left}
        others = [person for person in pool.people if person.id not in away]
        found = lottery.replace(
            before, asked.leaving, others, quotas.quotas, generator(seed), one_per=asked.one_per
        )
    except EngineError as error:
        raise words.refused(error, pool.rows, quotas.rows) from None
    by_id = {person.id: person for person in pool.people}
    pairs = _pairs([by_id[name] for name in sorted(set(asked.leaving))], found, by_id, quotas.quotas)
    kept = [_count(quota, [by_id[name] for name in found.panel]) for quota in quotas.quotas]
    if asked.json:
        left = sorted({*panel.left, *asked.leaving})
        book = asdict(found) | {"left": left, "places": pairs, "quotas": kept, "public_seed": seed}
        paths.write(asked.json, jsons.text(book))
    if asked.json != "-":
        paths.write("-", _sentences(found, pairs, kept, seed))


def generator(public_seed):
    """The numpy Generator of a seed that everybody saw; blanks around it do not count."""
    return np.random.default_rng(int.from_bytes(sha256(public_seed.strip().encode()).digest(), "big"))


def _pairs(leaving, found, by_id, quotas):
    """For each who leaves the one who comes in for her: those are paired who are most alike in what has quotas."""
    traits = sorted({quota.trait for quota in quotas})
    joined = [by_id[name] for name in found.joined]
    alike = [
        [sum(one.traits[trait] == other.traits[trait] for trait in traits) for other in joined]
        for one in leaving
    ]
    rows, columns = linear_sum_assignment(np.reshape(alike, (len(leaving), len(joined))), maximize=True)
    came = {leaving[row].id: joined[column].id for row, column in zip(rows, columns, strict=True)}
    return [{"left": person.id, "joined": came.get(person.id)} for person in leaving]


def _count(quota, people):
    """A quota with the number of people there are now."""
    there = sum(person.traits[quota.trait] == quota.value for person in people)
    return {
        "feature": quota.trait,
        "value": quota.value,
        "min": quota.least,
        "max": quota.most,
        "panel": there,
        "kept": quota.least <= there <= quota.most,
    }


def _sentences(found, pairs, kept, seed):
    lines = [
        f"{pair['joined']} comes in for {pair['left']}."
        if pair["joined"]
        else f"Nobody can come in for {pair['left']}: the seat stays empty."
        for pair in pairs
    ]
    broken = sum(not quota["kept"] for quota in kept)
    lines.append(
        f"{broken} of {len(kept)} quotas cannot be kept:" if broken else f"All {len(kept)} quotas are kept:"
    )
    lines += [_quota_in_words(quota) for quota in kept]
    lines += [f"Public seed: {seed}", f"The panel of {len(found.panel)} now:", *found.panel]
    return "\n".join(lines) + "\n"


def _quota_in_words(quota):
    said = "kept" if quota["kept"] else "not kept"
    return (
        f"  {shortened(quota['feature'])} “{shortened(quota['value'])}”: {quota['panel']} people, "
        f"{quota['min']} to {quota['max']} asked, {said}"
    )
