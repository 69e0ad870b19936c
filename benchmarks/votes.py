"""Secret votes through the server, as browsers cast them: one request to sign, one to the box."""

from qlabs.across.operate.proofs import postgres
from qlabs.across.operate.proofs.installation import scratch

from . import databases
from .installation import inside
from .load import crowd
from .table import Table, middle

BREAKDOWNS = ("nation", "perspective")
WARM = 10
WHOLE = (
    "ballot", "connections", "votes/s", "CPU ms a vote", "database ms", "p50 ms", "p95 ms", "p99 ms", "of bare commits",
)  # fmt: skip
EACH = (
    "request",
    "per second",
    "CPU ms each",
    "database ms",
    "p50 ms",
    "p95 ms",
    "p99 ms",
    "of bare requests",
)


def tables(*, voters=100, rounds=3, seconds=2.0, connections=(50, 500)):
    """Both databases; PostgreSQL with one process for each core."""
    size = {"voters": voters, "rounds": rounds, "seconds": seconds, "connections": connections}
    for database in (databases.sqlite, databases.postgresql):
        try:
            with database() as chosen, scratch(database_url=chosen.url) as place:
                ballots = _ballots(
                    place, needed=WARM + rounds * voters + sum(_rounds(n, size) for n in connections)
                )
                place.serve(workers=chosen.processes)
                yield from measured(place, ballots, chosen, **size)
        except postgres.NotHere as problem:
            yield Table("Secret votes on PostgreSQL", ("not measured",), [(str(problem),)])


def _ballots(place, *, needed):
    """The same voters in two ballots: the vote alone, and with two breakdowns and a reason, so with four keys."""
    told = place.scene("open", voters=needed, breakdowns=list(BREAKDOWNS), reason_prompt="Why?", hours=12)
    plain = inside(place, "plain_ballot", like=told["ballot"])
    return {"no breakdowns": plain, "two breakdowns, a reason": told}


def _rounds(connections, size):
    """Voters in all rounds at so many connections: one round is enough where each has many voters."""
    return max(connections, size["rounds"] * size["voters"])


def measured(place, ballots, database, *, voters, rounds, seconds, connections):
    """Whole votes in each ballot, and the single requests of the last one, whose voters have not voted yet."""
    benches = {name: _Bench(place, told, database) for name, told in ballots.items()}
    commits = database.bare_commits(place.home, seconds=seconds)
    whole = {}
    for name, bench in benches.items():
        bench.voting(WARM, 2, "whole")
        for n in connections:
            times = rounds if n <= voters else 1
            whole[name, n] = [bench.voting(max(voters, n), n, "whole")[0] for _ in range(times)]
    yield _whole(whole, database, commits)
    bare = bench.bare(connections[0], seconds)
    each = [bench.voting(voters, connections[0], "sign", "cast") for _ in range(rounds)]
    yield _each(each, bare, database, f"{connections[0]} connections, {name}, {database.name}")


class _Bench:
    """Lets ever new voters vote in one ballot of a running server."""

    def __init__(self, place, told, database):
        self.port, self.told = place.port, told
        self.voters = iter(told["voters"])
        self.watched = [pid for pid in (place.server.pid, database.pid) if pid]

    def voting(self, count, connections, *acts):
        voters = [next(self.voters) for _ in range(count)]
        told = {name: fact for name, fact in self.told.items() if name != "voters"}
        job = {"port": self.port, "connections": connections, "told": told, "voters": voters}
        with crowd("voting", watched=self.watched, **job) as act:
            return [act(name) for name in acts]

    def bare(self, connections, seconds):
        """The smallest page through all the middleware."""
        job = {"port": self.port, "connections": connections, "path": "/robots.txt", "seconds": seconds}
        with crowd("asking", watched=self.watched, **job) as act:
            return act("ask")


def _whole(whole, database, commits):
    table = Table(f"Whole secret votes on {database.name}, {_processes(database)}", WHOLE)
    for (ballot, connections), rounds in whole.items():
        rate, *rest = middle([_figures(one, "vote", database) for one in rounds])
        requests = _requests_of_a_vote(rounds[0])
        table.add(
            f"{ballot} ({requests:.0f} requests)",
            connections,
            rate,
            *rest,
            f"{rate * requests / commits:.0%}",
        )
    refused = sum(one.refused for rounds in whole.values() for one in rounds)
    table.notes.append(
        f"Each request has its commit. Refused or broken: {refused}. Bare commits through the driver: {commits:,.0f} a "
        f"second; the last column sets ours against them."
    )
    table.summary = f"{database.name}, whole secret votes: " + "; ".join(
        f"{row[0]}, {row[1]} connections: {row[2]}/s, {row[3]} ms of CPU" for row in table.rows
    )
    return table


def _requests_of_a_vote(answers):
    return (answers.count("sign") + answers.count("cast")) / answers.count("vote")


def _each(each, bare, database, title):
    table = Table(f"Single requests, {title}", EACH)
    floor = _figures(bare, "request", database)
    for kind, place in (("sign", 0), ("cast", 1)):
        rate, *rest = middle([_figures(answers[place], kind, database) for answers in each])
        table.add(kind, rate, *rest, f"{rate / floor[0]:.0%}")
    table.add("bare (/robots.txt)", *floor, "100%")
    return table


def _figures(answers, kind, database):
    """Per second, CPU, the database's own CPU where it has processes of its own, percentiles."""
    own = answers.cpu_each(kind, tree=1) if database.pid else None
    return [answers.rate(kind), answers.cpu_each(kind), own, *answers.percentiles(kind)]


def _processes(database):
    return "one process" if database.processes == 1 else f"{database.processes} processes"
