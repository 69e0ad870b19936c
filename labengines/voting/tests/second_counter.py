"""A second counter, written apart from the first: every profile at once, in SQL.

Nothing of the engine is used here. Tables hold all profiles side by side, so a rule is a few
statements whatever their number.
"""

import sqlite3

SCHEMA = """
create table option (o integer primary key);
create table ballot (p integer, b integer, n integer, primary key (p, b));
create table mark (p integer, b integer, o integer, r integer, primary key (p, b, o));
create table pair (p integer, x integer, y integer, v integer, primary key (p, x, y));
create table path (p integer, x integer, y integer, s integer, primary key (p, x, y));
create table profile (p integer primary key);
create table gone (p integer, o integer, primary key (p, o));
"""
PAIRS = """
insert into pair
select profile.p, one.o, other.o, coalesce(sum(case
    when m.r is not null and (k.r is null or m.r < k.r) then ballot.n end), 0)
from profile join option one join option other on one.o <> other.o
left join ballot on ballot.p = profile.p
left join mark m on m.p = ballot.p and m.b = ballot.b and m.o = one.o
left join mark k on k.p = ballot.p and k.b = ballot.b and k.o = other.o
group by profile.p, one.o, other.o
"""
STANDING = """
select m.p, m.b, min(m.r) r from mark m left join gone on gone.p = m.p and gone.o = m.o
where gone.o is null group by m.p, m.b
"""
TALLY = f"""
select profile.p, option.o, coalesce(sum(v.n), 0) votes from profile join option
left join gone on gone.p = profile.p and gone.o = option.o
left join (select mark.p, mark.o, ballot.n from ({STANDING}) top
           join mark on mark.p = top.p and mark.b = top.b and mark.r = top.r
           join ballot on ballot.p = mark.p and ballot.b = mark.b) v
  on v.p = profile.p and v.o = option.o
where gone.o is null group by profile.p, option.o
"""


class Counter:
    """profiles: list of {ranking (tuple of option numbers): number of ballots}."""

    def __init__(self, profiles, options):
        self.options = options
        self.db = sqlite3.connect(":memory:")
        self.db.executescript(SCHEMA)
        add = self.db.executemany
        add("insert into option values (?)", [(o,) for o in range(options)])
        add("insert into profile values (?)", [(p,) for p in range(len(profiles))])
        numbered = [(p, b, ballot, n) for p, profile in enumerate(profiles) for b, (ballot, n) in
                    enumerate(profile.items())]  # fmt: skip
        add("insert into ballot values (?, ?, ?)", [(p, b, n) for p, b, _, n in numbered])
        add(
            "insert into mark values (?, ?, ?, ?)",
            [(p, b, o, r) for p, b, ballot, _ in numbered for r, o in enumerate(ballot)],
        )
        self.db.execute(PAIRS)

    def best(self, scores):
        """{profile: set of options with the highest score, the lowest score being allowed}."""
        rows = self.db.execute(
            f"with s(p, o, v) as ({scores}) select p, o from s "
            "where v = (select max(v) from s t where t.p = s.p)"
        )
        found = {}
        for p, o in rows:
            found.setdefault(p, set()).add(o)
        return found

    def numbers(self, scores):
        """{(profile, option): number}."""
        return {(p, o): v for p, o, v in self.db.execute(scores)}

    PLURALITY = (
        "select profile.p, option.o, coalesce(sum(ballot.n), 0) from profile join option "
        "left join mark on mark.p = profile.p and mark.o = option.o and mark.r = 0 "
        "left join ballot on ballot.p = mark.p and ballot.b = mark.b group by profile.p, option.o"
    )
    APPROVAL = PLURALITY.replace(" and mark.r = 0", "")
    DOMINATION = "select p, x, sum(v) from pair group by p, x"
    SYMMETRIC = (
        "select a.p, a.x, sum(a.v - b.v) from pair a join pair b on a.p = b.p and a.x = b.y and a.y = b.x "
        "group by a.p, a.x"
    )
    COPELAND = SYMMETRIC.replace("sum(a.v - b.v)", "sum((a.v > b.v) - (a.v < b.v))")

    def schulze(self):
        """{profile: set of options that lose to nobody by strongest paths of margins}."""
        self.db.execute(
            "insert into path select a.p, a.x, a.y, max(a.v - b.v, 0) from pair a "
            "join pair b on a.p = b.p and a.x = b.y and a.y = b.x"
        )
        for middle in range(self.options):
            self.db.execute(
                "update path set s = max(s, coalesce((select min(f.s, t.s) from path f join path t "
                "on f.p = path.p and t.p = path.p and f.x = path.x and f.y = ? and t.x = ? and t.y = path.y), 0))",
                (middle, middle),
            )
        losers = self.db.execute(
            "select distinct a.p, a.y from path a join path b on a.p = b.p and a.x = b.y and a.y = b.x where a.s > b.s"
        ).fetchall()
        found = {p: set(range(self.options)) for (p,) in self.db.execute("select p from profile")}
        for p, o in losers:
            found[p].discard(o)
        return found

    def runoff(self):
        """{profile: set of winners}, all with the fewest votes leaving together."""
        found = {}
        for _ in range(self.options):
            tallies = {}
            for p, o, votes in self.db.execute(TALLY):
                tallies.setdefault(p, {})[o] = votes
            for p, votes in tallies.items():
                fewest = min(votes.values())
                lowest = [o for o in votes if votes[o] == fewest]
                top = [o for o in votes if 2 * votes[o] > sum(votes.values())]
                if top or len(lowest) == len(votes):
                    found.setdefault(p, set(top or lowest))
                else:
                    self.db.executemany("insert into gone values (?, ?)", [(p, o) for o in lowest])
        return found
