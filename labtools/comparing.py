"""Compare what an engine gave with what a reference case expects, and say where they differ."""

import math

INFINITE = {"Infinity": math.inf, "-Infinity": -math.inf}


def differences(expected, got, *, rtol=1e-9, atol=1e-9, at="", **_):
    """Sentences that name each place where `got` differs from `expected`; an empty list is agreement.

    Every field of `expected` must be there; further ones are ignored. Missing numbers (None, NaN) equal each
    other only. A flag equals 0 or 1. Numbers may differ by atol + rtol * abs(expected).
    """
    tolerance = {"rtol": rtol, "atol": atol}
    if isinstance(expected, dict):
        return list(_in_object(expected, got, at, tolerance))
    if isinstance(expected, list):
        return list(_in_list(expected, got, at, tolerance))
    return (
        []
        if _equal(_value(expected), _value(got), rtol, atol)
        else [f"{at}: {got!r} instead of {expected!r}"]
    )


def _in_object(expected, got, at, tolerance):
    if not isinstance(got, dict):
        yield f"{at}: {got!r} instead of an object"
        return
    for key, value in expected.items():
        if key in got:
            yield from differences(value, got[key], at=f"{at}/{key}", **tolerance)
        else:
            yield f"{at}/{key}: missing"


def _in_list(expected, got, at, tolerance):
    if not isinstance(got, list | tuple) or len(got) != len(expected):
        length = len(got) if isinstance(got, list | tuple) else "no"
        yield f"{at}: {length} entries instead of {len(expected)}"
        return
    for number, (one, other) in enumerate(zip(expected, got, strict=True)):
        yield from differences(one, other, at=f"{at}[{number}]", **tolerance)


def _value(found):
    if isinstance(found, str):
        return INFINITE.get(found, found)
    return None if isinstance(found, float) and math.isnan(found) else found


def _equal(one, other, rtol, atol):
    if one is None or other is None or isinstance(one, str) or isinstance(other, str):
        return type(one) is type(other) and one == other
    if isinstance(one, bool) or isinstance(other, bool):
        return bool(one) == bool(other)
    return one == other or (math.isfinite(one) and abs(one - other) <= atol + rtol * abs(one))
