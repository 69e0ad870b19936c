"""The vote as a plain form, for a browser without scripts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qlabs.base.ui import fields
from qlabs.base.ui.forms import Form

from .. import queries
from ..models import REASON_LENGTH

CHOOSE = _("Select one option, or select “None of these”")
WRITE_AGAIN = _("If you gave a reason before, write it again, or leave this empty to remove it.")
WRONG_CODE = _("Check your change code: it has 28 letters and numbers, and one of them is wrong")


class VoteForm(Form):
    """`code` is the change code of somebody who voted before; without it she votes with a new seed."""

    choice = forms.CharField(required=False)
    reason = fields.TextField(label=_("Why?"), required=False, rows=4, max_length=REASON_LENGTH)
    code = fields.CharField(
        label=_("Change code"),
        help_text=_(
            "Only to change your vote where this browser does not remember it: the 28 letters and numbers you kept."
        ),
        required=False,
        max_length=60,
        autocomplete="off",
    )
    email_code = fields.CharField(
        label=_("Check code from your email"),
        help_text=_(
            "Your browser compares it with the keys on this page. It is not sent. "
            "You can leave it out, or look for it in the lab’s story."
        ),
        required=False,
        max_length=60,
        autocomplete="off",
    )

    def __init__(self, data=None, *, options, prompt="", has_voted=False, problem=None):
        super().__init__(data)
        self.options = options
        self.fields["choice"].error_id = lambda _bound: "choice-1"
        if prompt:
            self.fields["reason"].label = prompt
        if has_voted:
            self.fields["reason"].help_text = WRITE_AGAIN
        if problem:
            self.add_error(problem["field"], problem["sentence"])

    def clean_choice(self):
        picked = self.cleaned_data["choice"]
        if "choice" not in self.data or picked not in {"", *(option.public_id for option in self.options)}:
            raise forms.ValidationError(CHOOSE)
        return picked

    def clean_code(self):
        """The seed that a change code stands for, or None where none was typed."""
        code = self.cleaned_data["code"].strip()
        seed = queries.seed_of(code) if code else None
        if code and seed is None:
            raise forms.ValidationError(WRONG_CODE)
        return seed

    def picked(self):
        """The option that was chosen, or None for none of these."""
        chosen = self.cleaned_data["choice"]
        return next((option for option in self.options if option.public_id == chosen), None)


class ParticipationForm(Form):
    """The code of one place on the roll; `found` says whether anybody took part with it."""

    code = fields.CharField(
        label=_("Your participation code"),
        help_text=_("16 letters and numbers. It is in your invitation to the vote."),
        max_length=60,
        autocomplete="off",
    )

    def __init__(self, data=None, *, ballot):
        super().__init__(data)
        self.ballot, self.found = ballot, None

    def clean_code(self):
        self.found = queries.took_part(self.ballot, self.cleaned_data["code"])
        if self.found is None:
            raise forms.ValidationError(
                _(
                    "This is not a participation code of this vote. Check each letter and number with your email."
                )
            )
        return self.cleaned_data["code"]
