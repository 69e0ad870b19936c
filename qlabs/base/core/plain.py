"""Names and addresses as people see them: without what is copied along unseen from documents and web pages."""

import re
import unicodedata

_TURNS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = re.compile(
    f"[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b{_TURNS}\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
    # the joiners are part of the spelling of Persian and of languages of India, and of nothing else in a name
    "|(?<![\u0600-\u0dff])[\u200c\u200d]"
)


def plain(text):
    """One line of text with its letters composed, plain single spaces, and no character that cannot be seen."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def plain_address(text):
    """An email address as we keep it: in small letters too."""
    return plain(text).lower()
