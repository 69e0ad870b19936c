"""A declared result as a sheet."""

import csv
import io

from django.utils.translation import gettext as _

from qlabs.base.people.transfer.formulas import harmless

MARK = "\ufeff"  # Excel reads UTF-8 rightly only after it


def result_table(rows):
    """Bytes: one line for each option, most votes first; no cell can start a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Option"), _("Votes"), _("Share")])
    writer.writerows([harmless(row.title), row.votes, row.percent] for row in rows)
    return (MARK + out.getvalue()).encode()
