from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qlabs.base.ui import fields
from qlabs.base.ui.forms import Form

from .. import queries
from ..models import Nation, OrganisationKind, Perspective

NO_ANSWER = [("", _("I would rather not say"))]


class ProfileForm(Form):
    name = fields.NameField(
        label=_("Your name"),
        max_length=150,
        width=30,
        autocomplete="name",
        required_message=_("Enter your name"),
    )
    perspective = fields.ChoiceField(
        label=_("What do you bring?"),
        help_text=_("Select the one that fits best. Votes are also shown by perspective, never by person."),
        choices=[*Perspective.choices, *NO_ANSWER],
        required=False,
        small=True,
    )
    organisation = fields.CharField(label=_("Your organisation or group"), required=False, width=30)
    organisation_kind = fields.SelectField(
        label=_("What kind of organisation is it?"), choices=OrganisationKind.choices, required=False
    )
    nation = fields.ChoiceField(
        label=_("Where do you live or work?"),
        choices=[*Nation.choices, *NO_ANSWER],
        required=False,
        small=True,
    )
    region = fields.CharField(
        label=_("Region"),
        help_text=_("For example Greater Manchester, Highland, Gwynedd or County Down."),
        required=False,
        max_length=100,
        width=20,
    )
    skills = fields.TextField(
        label=_("Your skills"),
        help_text=_("What you are good at, so that a lab can find you."),
        required=False,
        max_length=1000,
        rows=3,
    )
    offer = fields.TextField(
        label=_("What you can offer"),
        help_text=_("For example a test site, an hour to read drafts, or your own story."),
        required=False,
        max_length=1000,
        rows=3,
    )


class JoinForm(Form):
    """The one choice of who accepts an invitation to a lab and is no member yet. asks: whether there is one."""

    joins_community = fields.BooleanField(
        label=_("Also join the community"),
        required=False,
        hint=_(
            "Without this you take part in this lab only. Members of the community also propose themes and vote in "
            "other labs, and are on the voters’ list of votes that ask every member. You can also join later, from "
            "your profile."
        ),
    )

    def __init__(self, *args, asks, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["joins_community"]


class InviteForm(Form):
    name = fields.NameField(
        label=_("Name"), max_length=150, width=30, autocomplete="off", required_message=_("Enter a name")
    )
    email = fields.EmailField(label=_("Email address"), max_length=254, width=30, autocomplete="off")


class EmailChangeForm(Form):
    email = fields.EmailField(
        label=_("New email address"),
        required_message=_("Enter the new email address"),
        max_length=254,
        width=30,
        autocomplete="off",
    )

    def clean_email(self):
        email = self.cleaned_data["email"]
        if queries.person_with(email):
            raise ValidationError(_("Somebody has this address already. Enter another"))
        return email
