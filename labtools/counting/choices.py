"""The values of `--set NAME=VALUE`: a rule's own choices as somebody types them."""

import json

from labtools.refusals import Refused, shortened

NUMBERS = ("marks", "points", "most", "highest", "allowed", "budget")
OF_OPTIONS = ("categories", "costs")
OF_CATEGORIES = ("marks_in", "seats_in")
YES_OR_NO = {"yes": True, "no": False}


def parsed(texts, names):
    """{name: value} as `count` takes it. names: {option id: name}; Refused where a value cannot be one."""
    return dict(_choice(text, names) for text in texts)


def _choice(text, names):
    name, equals, value = text.partition("=")
    name, value = name.strip().replace("-", "_"), value.strip()
    if not equals:
        raise Refused(f"--set: “{shortened(text)}” must be NAME=VALUE.")
    if name in NUMBERS:
        return name, _number(name, value)
    if name in (*OF_OPTIONS, *OF_CATEGORIES):
        return name, _table(name, value, names)
    if name == "batch":
        return name, _yes_or_no(value)
    return name, value


def _number(name, value):
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    raise Refused(f"--set {name}: “{shortened(value)}” must be a whole number from 0 on.")


def _yes_or_no(value):
    if value not in YES_OR_NO:
        raise Refused(f"--set batch: “{shortened(value)}” must be yes or no.")
    return YES_OR_NO[value]


def _table(name, value, names):
    try:
        found = json.loads(value)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refused(
            f"--set {name}: “{shortened(value)}” must be a table of names and values, "
            f'such as {name}=\'{{"A": 3, "B": 3}}\'.'
        )
    if name in OF_OPTIONS:
        ids = {title: option for option, title in names.items()} | {option: option for option in names}
        found = {_id(name, option, ids): told for option, told in found.items()}
    if name == "categories":
        return {option: str(category) for option, category in found.items()}
    return {key: _number(name, told) for key, told in found.items()}


def _id(name, option, ids):
    if option not in ids:
        raise Refused(f"--set {name}: “{shortened(option)}” is not an option.")
    return ids[option]
