"""One election of the reference data, counted by every rule that fits, in the words of its references."""

from fractions import Fraction

from labengines.voting import count
from labtools.counting import droop
from labtools.counting.outcomes import outcomes
from labtools.counting.raw import raw

SCOTTISH = "stv_scottish_wigm"
SIZES = (2, 3, 5)  # committees that the references elect from approval ballots
PLURALITY = "plurality (first preferences; ballots with a tied first rank not counted)"
TOGETHER = "instant_runoff (all candidates tied for lowest go out together; a tied rank ends the ballot)"
STAGES = (
    "instant_runoff, stage by stage (1-seat Scottish STV = AV with quota floor(n/2)+1; one exclusion per "
    "stage; lowest ties broken by earlier stages, else by ballot-paper order)"
)
SETS = {  # rules that name several where they do not decide
    "condorcet_winner": ("condorcet", {}),
    "smith_set": ("smith", {}),
    "smith_set (top dominating tier, second library)": ("smith", {}),
    "schwartz_set (GOCHA)": ("schwartz", {}),
    "minimax (margins)": ("minimax", {}),
    "schulze (beat path, margins)": ("schulze", {"strength": "margins"}),
    "schulze (beat path, winning votes)": ("schulze", {"strength": "winning-votes"}),
    "ranked_pairs (margins; all possible winners over tie-breakings)": ("ranked-pairs", {}),
    "split_cycle (margins)": ("split-cycle", {}),
}
SCORES = {
    "copeland": ("copeland", {}),
    "borda symmetric: score = sum over others of (ballots above - ballots below); equals mean-rank Borda": (
        "borda",
        {"unranked": "symmetric"},
    ),
    "borda domination: score = number of candidates ranked strictly below, unranked = below all ranked": (
        "borda",
        {"unranked": "domination"},
    ),
}
ORDERED = {  # ties fall to the option that stands first on the ballot
    "ranked_pairs_tb (margins; equal margins in candidate order)": "ranked-pairs",
    "ranked_pairs (second library; ties broken lexicographically)": "ranked-pairs",
    "schulze (second library; ties broken lexicographically)": "schulze",
}


def run(election):
    """{"election", "type", ballots' numbers, "results": [{"rule", "winners", ...}]} in the references' words."""
    names = election["candidates"]
    ballots = [(number, ballot) for number, ballot in election["ballots"]]
    case = Case(election, names, tuple(str(at) for at in range(1, len(names) + 1)))
    return {
        "election": election["id"],
        "type": election["type"],
        "n_ballots": sum(number for number, _ in ballots),
        "n_distinct": len(ballots),
        "n_candidates": len(names),
        "results": [case.named(entry) for entry in TYPES[election["type"]](case)],
    }


class Case:
    """An election with its options as "1", "2", ... and the ways to count it."""

    def __init__(self, election, names, options):
        self.election, self.names, self.options = election, names, options

    def ballots(self, form):
        """{ballot: number}. form: a function from a ballot of the file to one of the engine."""
        found = {}
        for number, ballot in self.election["ballots"]:
            key = form(ballot)
            found[key] = found.get(key, 0) + number
        return found

    def count(self, ballots, rule, **choices):
        """A Result; ties stay open."""
        return count(ballots, options=self.options, rule=rule, **choices)

    def every(self, ballots, rule, **choices):
        """Sorted lists of ids of all winning sets over the ways ties can fall; None if too many."""
        ends = outcomes(lambda tie_break: self.count(ballots, rule, tie_break=tie_break, **choices))
        return ends and sorted(ids(end.winners) for end in ends)

    def named(self, entry):
        """The entry with the winners' names."""
        if "winners" in entry and "winner_names" not in entry:
            entry["winner_names"] = [self.names[at - 1] for at in entry["winners"]]
        return entry


def ids(options):
    """Whole-number ids in ascending order."""
    return sorted(int(option) for option in options)


def level(result):
    """The ids of all who win or tie for the win."""
    return ids(result.ties or result.winners)


def numbers(pairs):
    """{id: number} of tallies, whole where they are."""
    return {option: _plain(votes) for option, votes in pairs}


def _plain(votes):
    return int(votes) if votes == int(votes) else float(votes)


def first(tied):
    """The tie break of the ballot paper: who stands first."""
    return tuple(sorted(tied, key=int))


def last(tied):
    """The tie break of the ballot paper for exclusions: who stands first leaves."""
    return tuple(sorted(tied, key=int, reverse=True))


def _rank(ballot):
    return tuple(tuple(map(str, level)) if isinstance(level, list) else str(level) for level in ballot)


def ranked(case):
    """All entries of an election with ranked ballots."""
    ballots = case.ballots(_rank)
    plurality = case.count(ballots, "first-choices")
    tied_first = sum(number for ballot, number in ballots.items() if ballot and isinstance(ballot[0], tuple))
    yield {
        "rule": PLURALITY,
        "winners": level(plurality),
        "tally": numbers(plurality.tallies),
        "ballots_with_tied_first_rank": tied_first,
    }
    yield {"rule": "pairwise_matrix", "matrix": case.count(ballots, "copeland").pairwise}
    for label, (rule, choices) in SETS.items():
        yield {"rule": label, "winners": level(case.count(ballots, rule, **choices))}
    for label, (rule, choices) in SCORES.items():
        found = case.count(ballots, rule, **choices)
        yield {"rule": label, "winners": level(found), "scores": numbers(found.tallies)}
    for label, rule in ORDERED.items():
        yield {"rule": label, "winners": ids(case.count(ballots, rule, tie_break=first).winners)}
    together = case.count(ballots, "instant-runoff", tied_last="together")
    yield {"rule": TOGETHER, "winners": level(together), "ballots_void_by_overvote": tied_first}
    stages = case.count(ballots, "stv-scottish", tie_break=last)
    yield {"rule": STAGES, "winners": ids(stages.winners), **droop.fields(stages)}
    if case.election["seats"] > 1:
        yield from _several(case, ballots)


def _several(case, ballots):
    seats = case.election["seats"]
    found = case.count(ballots, "stv-scottish", seats=seats, tie_break=last)
    label = f"{SCOTTISH} (SSI 2007/42: quota floor(n/(s+1))+1, 5-decimal truncation)"
    yield {
        "rule": label,
        "seats": seats,
        "winners": ids(found.winners),
        "order_of_election": droop.order(found),
        **droop.fields(found),
    }
    yield {"rule": SCOTTISH, "seats": seats, "winners": ids(found.winners)}
    meek = case.count(ballots, "stv-meek", seats=seats, tie_break=last)
    yield {
        "rule": "stv_meek_prf (PR Foundation reference Meek, omega 6)",
        "seats": seats,
        "winners": ids(meek.winners),
    }


def marked(case):
    """All entries of an election with approval ballots."""
    ballots = case.ballots(lambda ballot: tuple(map(str, ballot)))
    found = case.count(ballots, "approval")
    yield {"rule": "approval (single winner)", "winners": level(found), "tally": numbers(found.tallies)}
    rules = {
        "av": ("approval", {}),
        "seqpav": ("sequential-pav", {}),
        "seqphragmen": ("sequential-phragmen", {}),
        "equal-shares": ("equal-shares", {"completion": "phragmen"}),
        "equal-shares-with-av-completion": ("equal-shares", {"completion": "approval"}),
    }
    for seats in (size for size in SIZES if size < len(case.options)):
        for label, (rule, choices) in rules.items():
            yield {
                "rule": label,
                "committee_size": seats,
                "winning_committees": case.every(ballots, rule, seats=seats, **choices),
                "all_ties_listed": True,
            }


def projects(case):
    """All entries of an election with a budget."""
    election = case.election
    ballots = case.ballots(_points)
    counted = case.count(ballots, "cumulative")
    yield {"rule": "tally (votes or points per project)", "tally": numbers(counted.tallies)}
    costs = dict(zip(case.options, map(Fraction, election["costs"]), strict=True))
    money = {"costs": costs, "budget": Fraction(election["budget"])}
    greedy = "greedy, cost satisfaction (= most votes first, skipping what no longer fits)"
    if election["type"] == "cumulative":
        greedy = "greedy by points (highest score first, skipping what no longer fits)"
    wanted = {greedy: ("budget-greedy", {})}
    if election["type"] != "cumulative":
        for worth in ("cost", "cardinality"):
            label = f"equal shares, {worth} satisfaction, no completion"
            wanted[label] = ("budget-equal-shares", {"satisfaction": worth})
        label = "equal shares, cost satisfaction, completion by raising every voter budget by 1 (add1)"
        wanted[label] = ("budget-equal-shares", {"satisfaction": "cost", "completion": "add1"})
        wanted["sequential phragmen"] = ("budget-phragmen", {})
    for label, (rule, choices) in wanted.items():
        found = case.count(ballots, rule, tie_break=first, **money, **choices)
        selected = ids(found.winners)
        cost = sum(costs[str(project)] for project in selected)
        yield {"rule": label, "selected": selected, "cost": float(cost)}


def _points(ballot):
    return tuple((str(mark[0]), int(mark[1])) if isinstance(mark, list) else str(mark) for mark in ballot)


def scores(case):
    """All entries of an election with scores."""
    ballots = case.ballots(tuple)
    highest = {"highest": case.election["score_max"]}
    summed = case.count(ballots, "score", **highest)
    totals = [_plain(votes) for _, votes in summed.tallies]
    yield {"rule": "score (sum)", "winners": level(summed), "totals": totals}
    yield {"rule": "score (second library)", "winners": level(summed)}
    star = case.count(ballots, "star", **highest)
    yield {"rule": "star", "winners": ids(star.winners)}
    yield {"rule": "star (second library)", "winners": level(star)}
    bloc = case.count(ballots, "star", seats=min(3, len(case.options)), **highest)
    decided = bloc.decided_by != "open"
    order = [case.names[int(option) - 1] for option in bloc.winners]
    yield {
        "rule": "Bloc_STAR_Voting",
        "seats": 3,
        "winners": ids(bloc.winners) if decided else None,
        "winner_names": order if decided else None,
        "order": order if decided else None,
    }


TYPES = {
    "ranked": ranked,
    "ranked-raw": raw,
    "approval": marked,
    "approval-budget": projects,
    "plurality": projects,
    "cumulative": projects,
    "ordinal": projects,
    "score": scores,
}
