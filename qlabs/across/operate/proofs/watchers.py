"""Attackers who watched the database while people voted, one after another and with nothing between them.

Each tries to tell what somebody chose or wrote from what can be seen beside it (`looking.py`) and what is published.
"""

import random
from collections import defaultdict
from dataclasses import dataclass
from math import ceil, sqrt

DICE = random.SystemRandom()


@dataclass(frozen=True)
class Truth:
    """What people really did. said: {entry: [(choice, reason) of each vote]}. keys: {entry: published voting key}."""

    said: dict
    keys: dict

    def last(self, entry):
        return self.said[entry][-1]

    @property
    def blank(self):
        return {entry for entry in self.said if not self.last(entry)[0]}

    @property
    def with_reason(self):
        return {entry for entry in self.said if self.last(entry)[1]}


@dataclass(frozen=True)
class Score:
    """How many were right, and the bar: what chance gives, and three of its standard deviations."""

    right: int
    mean: float
    sigma: float

    @property
    def bar(self):
        return ceil(self.mean + 3 * self.sigma)

    @property
    def is_over(self):
        return self.right > self.bar

    @property
    def is_sure(self):
        return self.right > self.mean + max(8 * self.sigma, 9)


def by_voter(sights):
    """{entry: the rows that came after the mark on her row and before anybody else's}."""
    found, entry = {}, None
    for sight in sights:
        if sight["entry"] is not None:
            entry = sight["entry"]
            found.setdefault(entry, [])
        if entry is not None:
            found[entry] += sight["rows"]
    return found


def scores(seen, truth, published):
    """{attack: Score} of every attack on what was seen by voter and on the published file."""
    last = {entry: _last_vote(rows) for entry, rows in seen.items()}
    return {
        "blank votes, by any value": _members(_singled_out(last, len(truth.blank)), truth.blank, seen),
        "reasons, by any value": _members(
            _singled_out(last, len(truth.with_reason)), truth.with_reason, seen
        ),
        "reasons, by bytes": _members(_largest(last, len(truth.with_reason)), truth.with_reason, seen),
        "reasons, by rows": _members(_most(seen, len(truth.with_reason)), truth.with_reason, seen),
        "whose reason, by length": _texts(last, truth),
        "whose vote, by counters": _pairs(_by_counters(seen, published), truth.keys),
    }


def changes_joined(earlier, sights):
    """Who changed her vote at the end? By any value that an earlier row of just one voter shows as well."""
    owners = defaultdict(set)
    for entry, rows in earlier.items():
        for row in rows:
            for value in row.items():
                owners[value].add(entry)
    stored = [sight for sight in sights if sight["rows"]]
    right = {
        sight["of"]
        for sight in stored
        if sight["of"] == (_owner(sight, owners) or DICE.choice(list(earlier)))
    }
    mean = len(stored) / len(earlier)
    return Score(len(right), mean, sqrt(mean))


def _owner(sight, owners):
    for row in sight["rows"]:
        for value in row.items():
            if len(owners.get(value, ())) == 1:
                return next(iter(owners[value]))
    return None


def _last_vote(rows):
    """Of the rows of one voter those with the highest counter, where a counter is to be seen."""
    highest = max((row.get("counter", 0) for row in rows), default=0)
    return [row for row in rows if row.get("counter", 0) == highest]


def _values(rows):
    """Every value that these rows show, and how many rows there are."""
    return {("rows", len(rows)), *(value for row in rows for value in row.items())}


def _singled_out(seen, size):
    """The group nearest in size to the published one, of all groups that share something to be seen."""
    groups = defaultdict(set)
    for entry, rows in seen.items():
        for value in _values(rows):
            groups[value].add(entry)
    groups = {value: group for value, group in groups.items() if 1 < len(group) < len(seen)}
    picked = list(min(groups.values(), key=lambda group: (abs(len(group) - size), DICE.random()), default=()))
    DICE.shuffle(picked)
    others = [entry for entry in seen if entry not in picked]
    DICE.shuffle(others)
    return [*picked, *others][:size]


def _bytes(rows):
    return sum(row[name] for row in rows for name in ("sealed", "log") if isinstance(row.get(name), int))


def _largest(seen, size):
    return sorted(seen, key=lambda entry: (-_bytes(seen[entry]), DICE.random()))[:size]


def _most(seen, size):
    return sorted(seen, key=lambda entry: (-len(seen[entry]), DICE.random()))[:size]


def _members(picked, group, everybody):
    """How many of those picked belong to the group: by chance as in drawing without putting back."""
    share, people = len(group) / len(everybody), len(everybody)
    spread = len(picked) * share * (1 - share) * (people - len(picked)) / max(people - 1, 1)
    return Score(len(group & set(picked)), len(picked) * share, sqrt(spread))


def _texts(last, truth):
    """The longest published reason belongs to whoever stored the most bytes, and so on."""
    written = sorted(truth.with_reason, key=lambda entry: -len(truth.last(entry)[1]))
    guessed = _largest(last, len(written))
    right = sum(guess == entry for guess, entry in zip(guessed, written, strict=True))
    return Score(right, len(written) / len(last), sqrt(len(written) / len(last)))


def _by_counters(seen, published):
    """Published votes against voters with as many votes in the box, at random among those with equally many."""
    keys, voters = defaultdict(list), defaultdict(list)
    for vote in published:
        keys[vote.get("counter")].append(vote["key"])
    for entry, rows in seen.items():
        voters[max((row.get("counter", 0) for row in rows), default=0) or None].append(entry)
    pairs = []
    for counter, entries in voters.items():
        DICE.shuffle(keys[counter])
        pairs += zip(entries, keys[counter], strict=False)
    return pairs


def _pairs(pairs, keys):
    return Score(sum(keys[entry] == key for entry, key in pairs), 1, 1)
