"""The vote as a plain form, for a browser without scripts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qlabs.base.ui import fields
from qlabs.base.ui.forms import Form

from .. import queries
from ..models import REASON_LENGTH

CHOOSE = _("Select one option, or select “None of these”")
WRONG_CODE = _("Check your change code: it has 28 letters and numbers, and one of them is wrong")


class VoteForm(Form):
    """`seed` is made with the page and stands for the voter; a change code replaces it."""

    choice = forms.CharField(required=False)
    reason = fields.TextField(label=_("Why?"), required=False, rows=4, max_length=REASON_LENGTH)
    code = fields.CharField(
        label=_("Change code"),
        help_text=_("Only if you have voted before on another device: the 28 letters and numbers you kept."),
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
    seed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, options, prompt=""):
        super().__init__(data, initial={"seed": queries.fresh_code()})
        self.options = options
        self.fields["choice"].error_id = lambda _bound: "choice-1"
        if prompt:
            self.fields["reason"].label = prompt

    @property
    def page_seed(self):
        """The seed that this page carries: the one it came with, or a fresh one."""
        return self["seed"].value()

    def clean_choice(self):
        picked = self.cleaned_data["choice"]
        if "choice" not in self.data or picked not in {"", *(option.public_id for option in self.options)}:
            raise forms.ValidationError(CHOOSE)
        return picked

    def clean_code(self):
        return self._seed(self.cleaned_data["code"])

    def clean_seed(self):
        return self._seed(self.cleaned_data["seed"])

    def clean(self):
        cleaned = super().clean()
        cleaned["seed"] = cleaned.get("code") or cleaned.get("seed")
        if not cleaned["seed"] and not self.errors:
            raise forms.ValidationError(_("Open the page again and vote from there."))
        return cleaned

    def picked(self):
        """The option that was chosen, or None for no choice."""
        chosen = self.cleaned_data["choice"]
        return next((option for option in self.options if option.public_id == chosen), None)

    def _seed(self, code):
        seed = queries.seed_of(code) if code.strip() else None
        if code.strip() and seed is None:
            raise forms.ValidationError(WRONG_CODE)
        return seed
