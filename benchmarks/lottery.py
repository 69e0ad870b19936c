"""Draws and seats: how long they take as pools and meetings grow, and beside what other programs took elsewhere."""

import time

import numpy as np

from labengines.lottery import Person, Quota, commit, leximin, reseat, seat
from labtools import jsons
from labtools.drawing import cases
from labtools.drawing.golden import FOLDER

from .table import Table

AGES, TOWNS = ("16-29", "30-44", "45-59", "60+"), ("north", "south", "east", "west", "isles")
ELSEWHERE = (
    ("sortition-algorithms with Gurobi, s", "sortition-algorithms"),
    ("code of the Nature 2021 paper, s", "code of the Nature"),
)


def tables(*, pools=(150, 500, 2_000), meetings=((24, 6, 3), (60, 10, 4), (120, 15, 4)), folder=FOLDER):
    yield _draws(pools)
    yield _references(folder)
    yield _seats(meetings)


def _draws(pools):
    table = Table("Fairest chances for a panel of 24", ("people", "s", "list of 1,000, s", "lowest", "bound"))
    for many in pools:
        pool, quotas = _pool(many)
        began = time.perf_counter()
        found = leximin(pool, quotas, 24)
        drawn = time.perf_counter()
        commit(found, np.random.default_rng(1))
        table.add(
            many, drawn - began, time.perf_counter() - drawn, f"{found.lowest:.3%}", f"{found.bound:.3%}"
        )
    table.summary = f"fairest chances in a pool of {many:,}: {table.rows[-1][1]} s"
    return table


def _references(folder):
    """Ours now; the others' seconds stand in the reference data, as their licence keeps them out of here."""
    table = Table(
        "Fairest chances of the reference pools, beside what others took elsewhere",
        ("pool", "s", *(name for name, _start in ELSEWHERE)),
    )
    for path in sorted(folder.glob("*/reference.json")):
        known = [result for result in jsons.read(path)["results"] if result["algorithm"] == "leximin"]
        if known:
            (own,) = cases.run(path.parent, methods=["leximin"])["results"]
            table.add(
                path.parent.name, own["seconds"], *(_seconds(known, start) for _name, start in ELSEWHERE)
            )
    table.notes.append(
        "The others were measured on two busy cores: orders of magnitude."
        if table.rows
        else f"There are no reference pools in {folder}."
    )
    return table


def _seconds(known, start):
    return next((result["seconds"] for result in known if result["source"].startswith(start)), None)


def _pool(many):
    lot = np.random.default_rng(many)
    pool = [
        Person(f"p{number:05}", {"sex": str(lot.choice(["f", "m"], p=[0.6, 0.4])), "age": str(lot.choice(AGES)),
                                 "town": str(lot.choice(TOWNS, p=[0.4, 0.25, 0.2, 0.1, 0.05]))})
        for number in range(many)
    ]  # fmt: skip
    quotas = [Quota("sex", value, 11, 13) for value in "fm"]
    quotas += [Quota("age", value, 5, 7) for value in AGES] + [Quota("town", value, 3, 6) for value in TOWNS]
    return pool, quotas


def _seats(meetings):
    table = Table(
        "Seats", ("people, tables, rounds", "s", "after 3 no-shows, s", "repeats", "fewest possible")
    )
    for people, many, rounds in meetings:
        present = [Person(f"p{number:03}", {}) for number in range(people)]
        began = time.perf_counter()
        found = seat(present, many, rounds, np.random.default_rng(1))
        seated = time.perf_counter()
        again = reseat(found, present, ["p000", "p005", "p011"], np.random.default_rng(1), played=1)
        spent = time.perf_counter() - seated
        table.add(f"{people}, {many}, {rounds}", seated - began, spent, again.repeats, again.bound)
    table.summary = f"seats for {people} after no-shows: {table.rows[-1][2]} s"
    return table
