from django.utils.translation import gettext_lazy as _

from qlabs.base.ui import fields
from qlabs.base.ui.forms import Form

from .models import LISTED_ROLES, Role
from .templates import TEMPLATES

SEEN_BY = [("team", _("Only people in the lab")), ("everyone", _("Everyone, without signing in"))]
END_FIRST = _("Enter an end that is after the start")


class Particulars(Form):
    """What a lab tells about itself; new labs and the settings share it."""

    title = fields.CharField(label=_("Title"), max_length=150, required_message=_("Enter a title"))
    purpose = fields.TextField(
        label=_("Purpose"),
        required=False,
        max_length=2000,
        help_text=_("What should be better at the end, and for whom?"),
    )
    base = fields.CharField(
        label=_("Base or venue"),
        required=False,
        max_length=300,
        help_text=_("Where the team works or meets."),
    )
    starts_on = fields.DateField(label=_("First day"), required=False)
    seen_by = fields.ChoiceField(
        label=_("Who can see the lab?"),
        choices=SEEN_BY,
        initial="team",
        required_message=_("Select who can see it"),
    )
    is_pilot = fields.BooleanField(
        label=_("This lab is a pilot"), required=False, hint=_("We also learn how well the lab itself works.")
    )

    def changes(self):
        """The cleaned answers under the names of the lab's own fields."""
        answers = dict(self.cleaned_data)
        answers["is_public"] = answers.pop("seen_by") == "everyone"
        return answers


class NewLab(Particulars):
    template = fields.ChoiceField(
        label=_("Kind of lab"),
        choices=[(one.key, one.name) for one in TEMPLATES],
        hints={one.key: one.about for one in TEMPLATES},
        initial=TEMPLATES[0].key,
        required_message=_("Select a kind of lab"),
    )
    field_order = ["title", "template", "starts_on", "purpose", "base", "seen_by", "is_pilot"]


class Settings(Particulars):
    challenge = fields.CharField(
        label=_("Challenge"),
        required=False,
        max_length=300,
        help_text=_("The lab’s one question. Leave it empty until it is chosen."),
    )
    ends_on = fields.DateField(label=_("Last day"), required=False)
    field_order = ["title", "challenge", "purpose", "base", "starts_on", "ends_on", "seen_by", "is_pilot"]

    def clean(self):
        end_after_start(self, "starts_on", "ends_on")


class InviteToLab(Form):
    """Somebody by email address. Whether anybody here has it is not looked up: the inviter must not learn it."""

    email = fields.EmailField(label=_("Email address"), max_length=254, autocomplete="off")
    role = fields.SelectField(label=_("Role"), choices=Role.choices, required_message=_("Select a role"))
    name = fields.NameField(
        label=_("Name"), max_length=150, required_message=_("Enter a name, so that we can greet this person")
    )


class InviteList(Form):
    """Many people, pasted or as a file. read: text or (file name, bytes) -> transfer.ReadList, or Unreadable."""

    role = fields.ChoiceField(
        label=_("Their role"),
        choices=[(one.value, one.label) for one in LISTED_ROLES],
        required_message=_("Select a role"),
    )
    people = fields.TextField(
        label=_("Names and email addresses"),
        help_text=_("One person on each line, for example: Ann Reed, ann@example.org"),
        required=False,
        mark_optional=False,
        max_length=60_000,
        rows=10,
    )
    file = fields.FileField(
        label=_("Or a CSV or Excel file"),
        help_text=_("The first row names the columns Name and Email."),
        accept=(".csv", ".xlsx"),
        max_megabytes=5,
        required=False,
        mark_optional=False,
    )

    def __init__(self, *args, read, **kwargs):
        self.read, self.rows = read, []
        super().__init__(*args, **kwargs)

    def clean(self):
        field = "file" if self.cleaned_data.get("file") else "people"
        given = self.cleaned_data.get(field)
        if self.errors:
            return
        if not given:
            self.add_error("people", _("Enter the people to invite, or select a file"))
            return
        self.rows, faults = self.read(given)
        for fault in faults:
            self.add_error(field, fault)


class AddFunding(Form):
    funder = fields.CharField(label=_("Funder"), required_message=_("Enter who gives the money"))
    pounds = fields.IntegerField(
        label=_("Amount"), required=False, prefix="£", width=10, help_text=_("In whole pounds.")
    )
    starts_on = fields.DateField(label=_("From"))
    ends_on = fields.DateField(label=_("Until"))

    def clean(self):
        end_after_start(self, "starts_on", "ends_on")


class StageDatesForm(Form):
    opens_at = fields.DateTimeField(
        label=_("Opens"),
        required=False,
        help_text=_("For example 27 3 2027, 9am. Leave it empty to keep it closed."),
    )
    closes_at = fields.DateTimeField(
        label=_("Closes"),
        ends=True,
        required=False,
        help_text=_("For example 27 3 2027, 5pm. Leave it empty to keep it open."),
    )

    proposals_close_at = fields.DateTimeField(
        label=_("Proposals close"),
        required=False,
        help_text=_("Leave it empty to take proposals until the stage closes."),
    )

    def __init__(self, *args, takes_proposals, **kwargs):
        super().__init__(*args, **kwargs)
        if not takes_proposals:
            del self.fields["proposals_close_at"]

    def clean(self):
        end_after_start(self, "opens_at", "closes_at")
        end_after_start(self, "opens_at", "proposals_close_at")
        stage, proposals = self.cleaned_data.get("closes_at"), self.cleaned_data.get("proposals_close_at")
        if stage and proposals and proposals > stage:
            self.add_error("proposals_close_at", _("Enter a time before the stage closes"))
        elif proposals and not self.cleaned_data.get("opens_at"):
            self.add_error("proposals_close_at", _("Enter when the stage opens first"))


class PassGate(Form):
    """The reason is asked only where something is not met."""

    reason = fields.TextField(
        label=_("Why are you moving on anyway?"),
        max_length=1000,
        rows=4,
        help_text=_("Everybody who looks after the lab can read it in the log."),
        required_message=_("Say why you are moving on although something is not met"),
    )

    def __init__(self, *args, unmet, **kwargs):
        super().__init__(*args, **kwargs)
        if not unmet:
            del self.fields["reason"]


class Confirm(Form):
    sure = fields.BooleanField(label=_("Yes, I am sure"), required_message=_("Tick the box if you are sure"))


def end_after_start(form, start, end):
    """An error at the end where it does not come after the start."""
    first, last = form.cleaned_data.get(start), form.cleaned_data.get(end)
    if first and last and last <= first:
        form.add_error(end, END_FIRST)
