import logging
from types import SimpleNamespace

from qlabs.base.core.logs import Line

CANARY = "canary-7Q@example.org"


def formatted(**facts):
    logger = logging.getLogger("qlabs.tried")
    record = logger.makeRecord("qlabs.tried", logging.ERROR, __file__, 1, "%s: %s", ("x", CANARY), None)
    for name, value in facts.items():
        setattr(record, name, value)
    return Line().format(record)


def test_an_error_names_its_page_and_place_but_not_what_was_typed():
    try:
        raise ValueError(CANARY)
    except ValueError as problem:
        trace = (type(problem), problem, problem.__traceback__)
    request = SimpleNamespace(resolver_match=SimpleNamespace(view_name="themes:theme"), path=CANARY)
    line = formatted(exc_info=trace, request=request, status_code=500)
    assert CANARY not in line
    assert "error in themes:theme [ValueError at " in line
    assert line.endswith("status_code=500")


def test_a_plain_message_is_told_whole():
    assert formatted().endswith(f"ERROR qlabs.tried x: {CANARY}")
