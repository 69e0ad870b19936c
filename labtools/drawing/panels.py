"""A panel from a file: what `labtools draw` or `labtools replace` wrote, or a list of ids."""

import json
from dataclasses import dataclass

from labtools import paths
from labtools.reading import encodings
from labtools.refusals import Refused, shortened


@dataclass(frozen=True)
class Panel:
    """ids: who is in it. left: who was in it and has left, so that nobody comes in again."""

    ids: tuple
    left: tuple = ()


def read(path):
    """The Panel of a file: JSON of either command, a JSON list, or text with an id on each line. Raises Refused."""
    text, _ = encodings.decode(paths.content(path))
    try:
        book = json.loads(text)
    except (ValueError, RecursionError):
        book = [line.strip() for line in text.splitlines() if line.strip()]
    found = _panel(book, path)
    if not found.ids:
        raise Refused(f"“{path}” holds no panel. Give each member's id on a line of its own.")
    return found


def members(found, people, path):
    """The Person of each id of a Panel, in its order. people: tuple of Person. Raises Refused."""
    by_id, seen = {person.id: person for person in people}, {}
    for number, name in enumerate(found.ids, 1):
        if name not in by_id:
            raise Refused(
                f"Member {number} of “{path}”: there is nobody with the id “{shortened(name)}” among the people. "
                "The panel and the people must belong together."
            )
        if name in seen:
            raise Refused(
                f"Members {seen[name]} and {number} of “{path}” are both “{shortened(name)}”. Keep one."
            )
        seen[name] = number
    return [by_id[name] for name in found.ids]


def _panel(book, path):
    """The Panel in parsed JSON; a single number is an id that stands alone in a text file."""
    left = ()
    if isinstance(book, dict):
        drawn = book.get("drawn", book)
        if drawn is None:
            raise Refused(f"“{path}” holds no panel yet: repeat `labtools draw` with --public-seed first.")
        left, book = book.get("left", ()), drawn.get("panel") if isinstance(drawn, dict) else None
    ids = [book] if isinstance(book, int) else book
    if not (_are_ids(ids) and _are_ids(left)):
        raise Refused(
            f"“{path}” holds no panel: give what `labtools draw --json` wrote, or an id on each line."
        )
    return Panel(tuple(str(name).strip() for name in ids), tuple(str(name).strip() for name in left))


def _are_ids(found):
    return isinstance(found, list | tuple) and all(isinstance(name, str | int) for name in found)
