"""Every rule of counting as votes grow, and beside other packages; each count in a process of its own."""

from .counting.once import once
from .counting.ours import RULES
from .table import Table

SIZES = ((1_000, 600), (10_000, 2_500), (100_000, 10_000), (1_000_000, 25_101))
PEERS = {
    "by_pyrankvote": ("pyrankvote", ("instant-runoff", "stv-scottish")),
    "by_starvote": ("starvote", ("star",)),
    "by_votekit": ("VoteKit", ("approval", "score", "first-choices", "borda", "instant-runoff", "stv-scottish",
                               "schulze", "ranked-pairs")),
}  # fmt: skip
LIMIT = 60  # seconds for one peer at one size


def tables(*, sizes=SIZES, rules=RULES, peers=PEERS):
    ours = {rule: [once("ours", rule, *size, limit=None) for size in sizes] for rule in rules}
    yield every(ours, sizes)
    yield beside(ours, sizes, peers)


def every(ours, sizes):
    table = Table(
        "Counts by every rule, fourteen options, after grouping, CPU ms",
        ("rule", *_heads(sizes), "peak of the last, MB"),
    )
    for rule, costs in ours.items():
        table.add(rule, *(cost["cpu_s"] * 1000 for cost in costs), costs[-1]["peak_mb"])
    slowest, greediest = (max(ours, key=lambda rule: ours[rule][-1][of]) for of in ("cpu_s", "peak_mb"))
    table.notes.append(
        "Different ballots are fewer where there cannot be so many (14 for plurality, 3,003 for marks). Memory is that "
        "of the whole process with Python and the ballots. Behind a comma stands the completion."
    )
    table.summary = (
        f"{sizes[-1][0]:,} ballots, slowest of {len(ours)} counts: {slowest}, {ours[slowest][-1]['cpu_s']:.2f} s CPU; "
        f"most memory: {greediest}, {ours[greediest][-1]['peak_mb']:.0f} MB"
    )
    return table


def beside(ours, sizes, peers):
    table = Table(
        "Counts beside other packages, CPU s",
        ("rule", "by", *_heads(sizes), "of ours", "peak MB", "ours, MB", "same winners"),
    )
    for peer, (name, rules) in peers.items():
        for rule in rules:
            found = _by(peer, rule, sizes)
            costs = [cost for cost in found if isinstance(cost, dict)]
            cells = [cost["cpu_s"] if cost in costs else cost for cost in found]
            table.add(rule, name, *cells, *_compared(costs, ours[rule]))
    table.notes.append(
        "Ratio, memory and winners are those of the largest vote that the package counted. A package is stopped after "
        f"{LIMIT} s in all; making its ballots counts there, but not as CPU s. Counts "
        "under 0.2 s are repeated; VoteKit keeps what it has reckoned, so that its shortest are too short."
    )
    return table


def _by(peer, rule, sizes):
    """The costs at each size; once there is none, the reason stands for the larger ones too."""
    found = []
    for size in sizes:
        ended = found and isinstance(found[-1], str)
        found.append(found[-1] if ended else once(peer, rule, *size, limit=LIMIT))
    return found


def _compared(costs, ours):
    if not costs:
        return [None] * 4
    theirs, own = costs[-1], ours[len(costs) - 1]
    ratio = f"{theirs['cpu_s'] / own['cpu_s']:,.1f}x"
    same = "yes" if theirs["winners"] == own["winners"] else "no"
    return ratio, theirs["peak_mb"], own["peak_mb"], same


def _heads(sizes):
    return [f"{size:,} ({distinct:,} different)" for size, distinct in sizes]
