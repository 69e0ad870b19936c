"""VoteKit: ballots with weights; its transferable vote elects all who have the quota together, not one by one."""

from votekit import RankBallot, RankProfile, ScoreBallot, ScoreProfile, elections

from . import HIGHEST, OPTIONS, SEATS, grouped

RANKED = {
    "first-choices": (elections.Plurality, SEATS),
    "borda": (elections.Borda, SEATS),
    "instant-runoff": (elections.IRV, None),
    "stv-scottish": (elections.STV, SEATS),
    "schulze": (elections.Schulze, 1),
    "ranked-pairs": (elections.RankedPairs, 1),
}


def prepared(rule, size, distinct):
    if rule == "approval":
        return _elected(elections.Approval, _scores(_approvals(size, distinct)), n_seats=SEATS)
    if rule == "score":
        profile = _scores(grouped("scored", size, distinct))
        return _elected(elections.Rating, profile, n_seats=SEATS, per_candidate_limit=HIGHEST)
    election, seats = RANKED[rule]
    ballots = [
        RankBallot(ranking=[{option} for option in ranking], weight=number)
        for ranking, number in grouped("ranked", size, distinct).items()
    ]
    profile = RankProfile(ballots=ballots, candidates=OPTIONS)
    return _elected(election, profile, **({"n_seats": seats} if seats else {}))


def _approvals(size, distinct):
    return {
        tuple(int(option in marks) for option in OPTIONS): number
        for marks, number in grouped("chosen", size, distinct).items()
    }


def _scores(ballots):
    given = [
        ScoreBallot(
            scores={o: value for o, value in zip(OPTIONS, scores, strict=True) if value}, weight=number
        )
        for scores, number in ballots.items()
    ]
    return ScoreProfile(ballots=given, candidates=OPTIONS)


def _elected(election, profile, **choices):
    return lambda: [option for level in election(profile, **choices).get_elected() for option in level]
