"""Stages of a transferable vote in the words of the program droop, whose records are the references."""

from dataclasses import replace


def fields(result):
    """{"quota", "stages"} of a Result of the Scottish rule."""
    gone = {option for stage in result.stages for option in (*stage.elected, *stage.excluded)}
    rest = [option for option, _ in result.tallies if option not in gone]
    stages = _with_zero_surpluses(result)
    if (
        stages[-1].name == "exclusion" and not rest
    ):  # the last vacancies are filled before quotas are looked at
        filled = sorted(stages[-1].elected, key=[option for option, _ in result.tallies].index)
        stages[-1] = replace(stages[-1], why=tuple((option, "remaining") for option in filled))
    stages = [_stage(at, stage) for at, stage in enumerate(stages, 1)]
    stages[-1]["events"] += [f"Defeat remaining candidates: {option}" for option in rest if result.winners]
    return {"quota": float(dict(result.choices)["quota"]), "stages": stages}


def order(result):
    """Who was elected when, as droop's lines."""
    return [
        event for stage in fields(result)["stages"] for event in stage["events"] if event.startswith("Elect")
    ]


def _with_zero_surpluses(result):
    """droop gives a stage of its own to the surplus of 0 of an option that has exactly the quota."""
    zeros, stages = [], []
    for stage in result.stages:
        votes = dict(stage.tallies)
        zeros += [option for option, why in stage.why if why == "quota" and votes[option] == stage.needed]
        if not (stage.excluded and zeros):
            stages.append(stage)
            continue
        leaving = {"excluded": stage.excluded, "ties": stage.ties}
        stages.append(replace(stage, excluded=(), ties=()))
        stages += [
            replace(stage, name="surplus", moved=(option,), transfers=(), why=(), excluded=(), ties=())
            for option in zeros
        ]
        stages[-1] = replace(stages[-1], **leaving)
        zeros = []
    return stages


def _stage(number, stage):
    return {
        "stage": number,
        "action": _action(stage),
        "votes": {option: float(votes) for option, votes in stage.tallies},
        "non_transferable": float(stage.exhausted),
        "events": _events(stage),
    }


def _action(stage):
    if not stage.moved:
        return "Begin Count"
    (option,) = stage.moved
    if stage.name == "exclusion":
        return f"Transfer defeated: {option}"
    return f"Surplus transferred: {option} ({float(sum(votes for _, votes in stage.transfers)):.5f})"


def _events(stage):
    words = {"quota": "Elect, transfer pending: {}", "remaining": "Elect remaining candidates: {}"}
    events = [words[why].format(option) for option, why in stage.why if why in words]
    events += [_tie(tie) for tie in stage.ties]
    return events + [f"Defeat low candidate: {option}" for option in stage.excluded]


def _tie(tie):
    by = "prior stage" if tie.settled_by == "earlier" else "lot"
    about = "largest surplus" if tie.about == "surplus" else "defeat low candidate"
    chosen = tie.first[0] if tie.settled_by == "earlier" or tie.about == "surplus" else tie.first[-1]
    return f"Break tie by {by} ({about}): [{', '.join(tie.options)}] -> {chosen}"
