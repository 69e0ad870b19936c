"""Text as people see it: names and addresses without what is copied along unseen, and no line that turns another."""

import re
import unicodedata

_TURNS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = re.compile(
    f"[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b{_TURNS}\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
    # the joiners are part of the spelling of Persian and of languages of India, and of nothing else in a name
    "|(?<![\u0600-\u0dff])[\u200c\u200d]"
)

ALONE, _EMBEDDED, END = "\u2068", "\u202c", "\u2069"
_ENDS = dict.fromkeys("\u202a\u202b\u202d\u202e", _EMBEDDED) | dict.fromkeys("\u2066\u2067\u2068", END)
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LEFTWARDS = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LINES = re.compile("([\n\r\x1c-\x1e\x85\u2029]+)")


def plain(text):
    """One line of text with its letters composed, plain single spaces, and no character that cannot be seen."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def plain_address(text):
    """An email address as we keep it: in small letters too."""
    return plain(text).lower()


def closed(text):
    """The text in which each line ends the changes of direction that it begins, and no others."""
    if not _TURNING.search(text):
        return text
    return "".join(_closed(line) for line in _LINES.split(text))


def isolated(text):
    """The closed text for a page or an email: each of its lines stands alone where any could turn what is around it."""
    if not (_TURNING.search(text) or _LEFTWARDS.search(text)):
        return text
    return "".join(_alone(line) for line in _LINES.split(text))


def _closed(line):
    kept, ends = [], []
    for sign in line:
        if sign in _ENDS:
            ends.append(_ENDS[sign])
        elif sign in _ENDS.values():
            if not ends or ends[-1] != sign:
                continue
            ends.pop()
        kept.append(sign)
    return "".join(kept + ends[::-1])


def _alone(line):
    if not line or _LINES.fullmatch(line):
        return line
    inner = line[1:-1]
    if line == f"{ALONE}{inner}{END}" and _closed(inner) == inner:
        return line
    return f"{ALONE}{_closed(line)}{END}"
