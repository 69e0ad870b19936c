"""Files of ballots: which format it is, and the election that it holds."""

from labtools.counting.files import own, pabulib, plain, preflib, scottish
from labtools.refusals import Refused

ENDINGS = {
    ".soi": preflib.read,
    ".soc": preflib.read,
    ".toi": preflib.read,
    ".toc": preflib.read,
    ".cat": preflib.read,
    ".blt": scottish.read_blt,
    ".pb": pabulib.read,
    ".json": own.read,
}


def read(text, ending, form):
    """The Election in a file's text.

    ending: of the file's name, such as ".soi". form: of the ballots that the rule takes, for a CSV file
    whose numbers may be ranks, scores or marks. Raises Refused with the row.
    """
    if not text.strip():
        raise Refused("The file is empty.")
    if ending in ENDINGS:
        return ENDINGS[ending](text)
    if ending in (".csv", ".txt", ""):
        return scottish.read_csv(text) if scottish.is_csv(text) else plain.read(text, form)
    raise Refused(f"Files that end in {ending} are not known. Known are .csv, {', '.join(ENDINGS)}.")
