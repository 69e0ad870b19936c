import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from qlabs.base.ui import fields
from qlabs.base.ui.forms import Form


class ImportForm(Form):
    source = fields.CharField(
        label=_("Where does the list come from?"),
        help_text=_(
            "For example “Q members, from the membership database, 3 January 2027”. Everybody can read this in the "
            "story and the published file of a vote, so name no person."
        ),
        width=30,
        required_message=_("Say where the list comes from"),
    )
    file = fields.FileField(
        label=_("List of members"),
        help_text=_("A CSV or Excel file (.csv or .xlsx) with up to 10,000 rows, no larger than 5 MB."),
        accept=(".csv", ".xlsx"),
        max_megabytes=5,
        required_message=_("Select a CSV or Excel file"),
    )


class ConfirmForm(Form):
    """The number of new members, typed by who uploaded the list. asked: whether it must be.

    `seen`: how the columns were matched on the page that was looked at.
    """

    typed = fields.IntegerField(
        label=_("How many people will become members?"),
        required_message=_("Type how many people will become members"),
    )

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, asked, imported, **kwargs):
        super().__init__(*args, **kwargs)
        self.number = number = len(imported.rows)
        self.matched = json.dumps(imported.columns, sort_keys=True) if imported.columns else ""
        self.initial["seen"] = self.matched
        hint = ngettext(
            "%(num)s person will become a member; type %(num)s, so that nobody imports a list by accident.",
            "%(num)s people will become members; type %(num)s, so that nobody imports a list by accident.",
            number,
        )
        self.fields["typed"].help_text = hint % {"num": number}
        if not asked:
            del self.fields["typed"]

    def clean_typed(self):
        if self.cleaned_data["typed"] != self.number:
            raise ValidationError(
                ngettext(
                    "%(num)s person will become a member, so type %(num)s",
                    "%(num)s people will become members, so type %(num)s",
                    self.number,
                )
                % {"num": self.number}
            )
        return self.cleaned_data["typed"]

    def clean(self):
        if self.cleaned_data.get("seen") != self.matched:
            raise ValidationError(_("The columns of this list were changed meanwhile. Look at it again"))

    def answers(self):
        """What confirms the list."""
        return {name: value for name, value in self.cleaned_data.items() if name == "typed"}


class ColumnsForm(Form):
    """Which column of a list holds what; the first choice of each is that none does."""

    WORDS = {
        "name": _("Whole name"),
        "first_name": _("First name"),
        "last_name": _("Last name"),
        "email": _("Email address"),
        "perspective": _("Perspective"),
        "organisation": _("Organisation"),
        "organisation_kind": _("Organisation type"),
        "nation": _("Nation"),
        "region": _("Region"),
        "skills": _("Skills"),
        "offer": _("What they can offer"),
    }

    def __init__(self, data=None, *, imported):
        super().__init__(data, initial={name: str(number) for name, number in imported.columns.items()})
        offered = [("", _("No column")), *headings_of(imported)]
        for name, words in self.WORDS.items():
            self.fields[name] = fields.SelectField(
                label=words, choices=offered, required=False, mark_optional=False
            )

    def clean(self):
        columns = self.columns()
        if "email" not in columns:
            self.add_error("email", _("Select the column with the email addresses"))
        if columns.keys().isdisjoint(("name", "first_name", "last_name")):
            self.add_error("name", _("Select the column with the names"))

    def columns(self):
        """{what: number of its column}."""
        return {name: int(number) for name, number in self.cleaned_data.items() if number}


def headings_of(imported):
    """(number, words) of every column, those without a heading with their first value."""
    rows = [cells for _number, cells in imported.sheet[:20]]
    width = max([len(imported.headings), *map(len, rows)])
    for number in range(width):
        said = imported.headings[number] if number < len(imported.headings) else ""
        below = next((cells[number] for cells in rows if number < len(cells) and cells[number]), "")
        words = said or _("Column %(number)s (%(value)s)") % {"number": number + 1, "value": below[:40]}
        yield str(number), words
