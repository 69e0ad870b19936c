"""The refused rows as a CSV file to mend and import again."""

import csv
import io

from django.utils.translation import gettext as _

from .formulas import harmless


def refused_csv(headings, refused):
    """Bytes in UTF-8 with a mark at the start, so that Excel reads them rightly; no cell can start a formula."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    width = max([len(headings), *(len(one["cells"]) for one in refused)])
    titles = headings + [""] * (width - len(headings))
    writer.writerow([*map(harmless, titles), _("What to fix")])
    for one in refused:
        cells = one["cells"] + [""] * (width - len(one["cells"]))
        writer.writerow([*map(harmless, cells), harmless(_what_to_mend(headings, one))])
    return out.getvalue().encode("utf-8-sig")


def _what_to_mend(headings, one):
    return "; ".join(
        f"{_heading(headings, int(column))} {reason}" for column, reason in one["reasons"].items()
    )


def _heading(headings, column):
    return headings[column] if column < len(headings) else ""
