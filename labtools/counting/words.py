"""What the count refuses, in words that say what is wrong and what to do."""

from labtools.refusals import Refused, shortened


def refused(error, names):
    """The Refused of an engine's error. names: {option id: name}."""
    return Refused(f"This cannot be counted: {SAID[error.code](error.params, names)}")


def _unknown_option(params, _):
    return f"a ballot names “{shortened(params['option'])}”, which is not an option."


def _repeated_option(params, names):
    if "ballot" in params:
        return f"a ballot names one option twice: {_listed(params['ballot'], names)}. Name each once."
    return f"a ballot names “{_named(params['option'], names)}” twice. Name it once."


def _ballot_malformed(params, _):
    if "scores" in params:
        return (
            f"a ballot has {params['scores']} scores for {params['options']} options. Give each option one."
        )
    if "number" in params:
        return f"a ballot holds “{shortened(params['number'])}”, where a whole number from 0 on is needed."
    return f"the ballot “{shortened(params['ballot'])}” is not in the form that the rule takes."


def _negative_count(params, _):
    return f"the number of ballots is “{shortened(params['count'])}”, but must be a whole number from 0 on."


def _option_twice(*_):
    return "two options have the same name, or one has none. Give each a name of its own."


def _wrong_number(params, names):
    if "score" in params:
        most = params["most"]
        return f"a ballot gives a score of {params['score']}, but {most} is the highest. --set highest=N changes it."
    if "marks" in params:
        marked, allowed = params["marks"], params["allowed"]
        return (
            f"a ballot marks {marked} where the rule asks for {allowed}: {_listed(params['ballot'], names)}."
        )
    given = ", ".join(f"{_named(option, names)} {points}" for option, points in params["ballot"])
    return (
        f"a ballot gives more points than the rule allows: {given}. --set points=N and most=N are the limits."
    )


def _unknown_rule(params, _):
    seats, options = params["seats"], params["options"]
    if 1 <= seats <= options:
        return f"{params['rule']} fills one seat and not {seats}. Choose another rule, or --seats 1."
    return f"--seats {seats}: there are {options} options. Choose a number from 1 to {options}."


def _unknown_choice(params, names):
    if "choices" in params:
        known = ", ".join(params["choices"])
        return f"--set {params['name']}={shortened(params['value'])} is not known. Known are {known}."
    if params.get("missing"):
        needed = " and ".join(f"--set {name}=VALUE" for name in params["missing"])
        return f"{params['rule']} needs {needed}."
    if params.get("unknown"):
        return f"{params['rule']} knows no --set {shortened(', '.join(params['unknown']))}."
    if "seats_in" in params:
        return f"--set seats_in shares out {sum(params['seats_in'].values())} seats, but there are {params['seats']}."
    return f"--set costs: a price is missing or wrong: {_listed(params['costs'], names)}."


def _listed(ballot, names):
    return ", ".join(
        _listed(part, names) if isinstance(part, tuple | list) else _named(part, names) for part in ballot
    )


def _named(option, names):
    return shortened(names.get(option, option))


SAID = {
    "unknown_option": _unknown_option,
    "repeated_option": _repeated_option,
    "ballot_malformed": _ballot_malformed,
    "negative_count": _negative_count,
    "option_twice": _option_twice,
    "wrong_number": _wrong_number,
    "unknown_rule": _unknown_rule,
    "unknown_choice": _unknown_choice,
}
