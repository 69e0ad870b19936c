"""Addresses as keys, so that one household written in two ways is one household."""

import re
import unicodedata

SHORT = {
    "apartment": "flat", "apt": "flat", "unit": "flat", "fl": "flat", "av": "avenue", "ave": "avenue",
    "bldg": "building", "cl": "close", "clo": "close", "cres": "crescent", "ct": "court", "dr": "drive",
    "gdns": "gardens", "gdn": "garden", "gr": "grove", "hse": "house", "la": "lane", "ln": "lane",
    "mt": "mount", "pk": "park", "pl": "place", "rd": "road", "sq": "square", "st": "street",
    "str": "street", "terr": "terrace", "ter": "terrace", "nr": "near",
}  # fmt: skip
SILENT = {"no", "number", "the", "uk", "united", "kingdom"}
OUTWARD = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?) ?([0-9][a-z]{2})\b")  # a postcode of the UK
FLAT = re.compile(r"\b(flat) ([a-z0-9]+)\b")
PAIR = re.compile(r"\b([0-9]+) ?[/-] ?([0-9]+)\b")  # 10-12 High Street; 2/1 is a Scottish flat
LEADING_FLAT = re.compile(r"^([0-9]+to[0-9]+) (?=[0-9])")


def address_key(text):
    """A key that is equal for two ways to write one address: "Flat 2, 10 High St", "10 High Street, Flat 2".

    Case, accents, punctuation, the order of flat and house, usual short forms and spaces in postcodes do not
    matter. Two addresses that differ in a number, a letter after a number or a name keep different keys.
    "St" is read as "Street" everywhere, so "St John's Road" agrees with "Street Johns Road" and with nothing
    else. A blank text gives "".
    """
    words = LEADING_FLAT.sub(r"flat \1 ", _plain(text))
    words = OUTWARD.sub(r"\1\2", words)
    words = " ".join(SHORT.get(word, word) for word in words.split() if word not in SILENT)
    flats = [f"{kind}={number}" for kind, number in FLAT.findall(words)]
    return " ".join([*FLAT.sub(" ", words).split(), *sorted(flats)])


def _plain(text):
    """Small letters, digits and single spaces; a letter is joined to the number before it: 10 a is 10a."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    bare = re.sub(r"['’.]", "", bare)
    bare = PAIR.sub(r"\1to\2", bare)
    bare = re.sub(r"[\W_]+", " ", bare)
    return re.sub(r"\b(\d+) ([a-z])\b", r"\1\2", bare).strip()
