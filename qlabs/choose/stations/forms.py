from django import forms
from django.utils.translation import gettext_lazy as _

from qlabs.base.ui import fields
from qlabs.base.ui.forms import Form

HOURS = [("4", _("4 hours")), ("12", _("12 hours")), ("72", _("3 days")), ("0", _("Until the vote closes"))]


class StationForm(Form):
    place = fields.CharField(
        label=_("Where does the device stand?"), help_text=_("For example: day room of ward 5."),
        required_message=_("Enter where the device stands"), max_length=100,
    )  # fmt: skip
    hours = fields.ChoiceField(
        label=_("How long should it take votes?"), choices=HOURS, initial="12",
        required_message=_("Select how long it should take votes"),
    )  # fmt: skip

    def clean_hours(self):
        return int(self.cleaned_data["hours"])


class CodeForm(Form):
    """`problem`: why the code that was typed before opened nothing; the code itself is never shown again."""

    code = fields.CharField(
        label=_("Your personal code"), help_text=_("16 letters and numbers, from your email or your card."),
        required_message=_("Enter your personal code"), max_length=60, width=20, autocomplete="off",
    )  # fmt: skip

    def __init__(self, data=None, *, problem=""):
        super().__init__({} if problem else data)
        if problem:
            self.errors.clear()
            self.add_error("code", problem)


class CardsForm(Form):
    """The people who get a card: pks on the roll of this page of the list."""

    people = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, data=None, *, entries):
        super().__init__(data)
        self.fields["people"].choices = [(str(entry.pk), "") for entry in entries]
        self.fields["people"].error_id = lambda _bound: "people-1"

    def clean_people(self):
        if not self.cleaned_data["people"]:
            raise forms.ValidationError(_("Select at least one person"))
        return self.cleaned_data["people"]
