"""Secret votes through the server, as browsers cast them: one request to sign, one to the box for each scope."""

from qlabs.across.operate.proofs import postgres
from qlabs.across.operate.proofs.installation import scratch

from . import databases
from .load import crowd
from .table import Table, middle

BREAKDOWNS = ("nation", "perspective")
WARM = 10
WHOLE = (
    "connections",
    "votes/s",
    "CPU ms a vote",
    "database ms",
    "p50 ms",
    "p95 ms",
    "p99 ms",
    "of bare commits",
)
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


def tables(*, voters=200, rounds=3, seconds=2.0, connections=(50, 500)):
    """Both databases; PostgreSQL with one process for each core."""
    for database in (databases.sqlite, databases.postgresql):
        try:
            with database() as chosen, scratch(database_url=chosen.url) as place:
                told = _voters(
                    place, needed=WARM + rounds * (voters + sum(max(voters, n) for n in connections))
                )
                place.serve(workers=chosen.processes)
                yield from measured(
                    place,
                    told,
                    chosen,
                    voters=voters,
                    rounds=rounds,
                    seconds=seconds,
                    connections=connections,
                )
        except postgres.NotHere as problem:
            yield Table("Secret votes on PostgreSQL", ("not measured",), [(str(problem),)])


def _voters(place, *, needed):
    return place.scene("open", voters=needed, breakdowns=list(BREAKDOWNS), hours=12)


def measured(place, told, database, *, voters, rounds, seconds, connections):
    """Two tables, whole votes and single requests, of a running server whose voters have not voted yet."""
    bench = _Bench(place, told, database)
    bench.voting(WARM, 2, "whole")
    commits = database.bare_commits(place.home, seconds=seconds)
    bare = bench.bare(connections[0], seconds)
    each = [bench.voting(voters, connections[0], "sign", "cast") for _ in range(rounds)]
    whole = {n: [bench.voting(max(voters, n), n, "whole")[0] for _ in range(rounds)] for n in connections}
    yield _whole(whole, database, commits)
    yield _each(each, bare, database, connections[0])


class _Bench:
    """Lets ever new voters vote at one server."""

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
        job = {"port": self.port, "connections": connections, "path": "/healthz", "seconds": seconds}
        with crowd("asking", watched=self.watched, **job) as act:
            return act("ask")


def _whole(whole, database, commits):
    table = Table(f"Whole secret votes on {database.name}, {_processes(database)}", WHOLE)
    each = _requests_of_a_vote(whole)
    for connections, rounds in whole.items():
        rate, cpu, own, p50, p95, p99 = middle([_figures(one, "vote") for one in rounds])
        table.add(connections, rate, cpu, own, p50, p95, p99, f"{rate * each / commits:.0%}")
        if not table.summary:
            table.summary = f"{database.name}: {rate:.0f} secret votes/s, {cpu:.1f} ms of CPU each"
    refused = sum(one.refused for rounds in whole.values() for one in rounds)
    table.notes.append(
        f"A vote is {each:.0f} requests, each with its commit. Refused or broken: {refused}. Bare commits through the "
        f"driver: {commits:,.0f} a second; the last column sets ours against them."
    )
    return table


def _requests_of_a_vote(whole):
    one = next(iter(whole.values()))[0]
    return (one.count("sign") + one.count("cast")) / one.count("vote")


def _each(each, bare, database, connections):
    table = Table(f"Its requests, {connections} connections, {database.name}", EACH)
    floor = _figures(bare, "request")
    for kind, place in (("sign", 0), ("cast", 1)):
        rate, *rest = middle([_figures(answers[place], kind) for answers in each])
        table.add(kind, rate, *rest, f"{rate / floor[0]:.0%}")
    table.add("bare (/healthz)", *floor, "100%")
    return table


def _figures(answers, kind):
    """Per second, CPU, the database's own CPU (nought inside the server's process), percentiles."""
    own = answers.cpu_each(kind, tree=1) or 0.0
    return [answers.rate(kind), answers.cpu_each(kind), own, *answers.percentiles(kind)]


def _processes(database):
    return "one process" if database.processes == 1 else f"{database.processes} processes"
