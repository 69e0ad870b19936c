"""The lead's forms: a ballot before it opens, and the few acts after."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qlabs.base.ui import fields
from qlabs.base.ui.forms import Form

from .. import settled
from ..models import Attribute, TieRule, Voters
from ..states import FEWEST_VOTES

NOT_PAST = _("Choose a time that is still to come")


class BallotForm(Form):
    question = fields.CharField(
        label=_("Question"), help_text=_("What people decide, in one sentence."), max_length=300,
        required_message=_("Enter the question"), initial=_("Which theme should the lab work on?"),
    )  # fmt: skip
    themes = fields.MultiChoiceField(
        label=_("Themes on the ballot"),
        help_text=_("Shortlisted themes. You cannot edit them once voting opens."),
        required_message=_("Select at least two themes"),
    )  # fmt: skip
    voters = fields.ChoiceField(
        label=_("Who can vote"), choices=Voters.choices, initial=Voters.COMMUNITY,
        help_text=_("The list of voters is fixed when the vote opens."),
        hints={
            Voters.COMMUNITY: _("A private lab has to be made public first: you are asked before the vote opens."),
            Voters.LAB: _("The team, contributors, funders, followers and everybody else who has a role in it."),
        },
    )  # fmt: skip
    opens_at = fields.DateTimeField(
        label=_("Opens"), required=False,
        help_text=_("The vote opens by itself at this time. Leave it empty to open the vote yourself."),
    )  # fmt: skip
    closes_at = fields.DateTimeField(
        label=_("Closes"), ends=True, required_message=_("Enter when the vote closes")
    )
    tie_rule = fields.ChoiceField(
        label=_("If there is a tie"), choices=TieRule.choices, initial=TieRule.RUN_OFF,
        hints={TieRule.LOT: _("Its seal is published before the vote opens, so nobody can choose the outcome.")},
    )  # fmt: skip
    breakdowns = fields.MultiChoiceField(
        label=_("Also show the result by"), choices=Attribute.choices, required=False, initial=Attribute.values,
        help_text=_(
            "Groups are shown only where nobody's vote can be worked out, by nation first. "
            "Showing both may hide more groups."
        ),
    )  # fmt: skip
    threshold = fields.IntegerField(
        label=_("Smallest group shown"), min_value=5, max_value=1000, initial=10, width=4
    )
    fewest_votes = fields.IntegerField(
        label=_("Fewest votes for a result"), min_value=FEWEST_VOTES, max_value=1000, initial=10, width=4,
        help_text=_(
            "With fewer votes there is no result and all votes are destroyed, because a few votes could show how "
            "somebody voted. Voters are told this number."
        ),
    )  # fmt: skip
    reason_prompt = fields.CharField(
        label=_("Question for the reason"), required=False, max_length=300,
        initial=_("Why did you choose this theme?"),
    )  # fmt: skip
    what_next = fields.TextField(
        label=_("What happens after the vote"), help_text=_("Shown with the result and in the email to every voter."),
        required=False, rows=3, max_length=1000,
    )  # fmt: skip
    quorum = fields.IntegerField(
        label=_("Fewest votes to choose a theme"), required=False, min_value=1, width=5,
        help_text=_("With fewer votes the result is published as advice, and no theme is set."),
    )  # fmt: skip
    field_order = ("question", "themes", *settled.names(settled.Goes.FORM))

    def __init__(self, data=None, *, themes, at, initial=None):
        super().__init__(data, initial=initial)
        self.rows, self.at = {str(theme.pk): theme for theme in themes}, at
        self.fields["themes"].choices = [(pk, theme.title) for pk, theme in self.rows.items()]

    def clean_themes(self):
        chosen = [self.rows[pk] for pk in self.cleaned_data["themes"]]
        if len(chosen) < 2:
            raise ValidationError(_("Select at least two themes"))
        return chosen

    def clean_closes_at(self):
        closes = self.cleaned_data["closes_at"]
        if closes and closes <= self.at:
            raise ValidationError(NOT_PAST)
        return closes

    def clean(self):
        opens, closes = self.cleaned_data.get("opens_at"), self.cleaned_data.get("closes_at")
        if opens and closes and opens >= closes:
            self.add_error("closes_at", _("The vote must close after it opens"))
        return self.cleaned_data


class CloseForm(Form):
    reason = fields.TextField(
        label=_("Why does the vote close before its time?"),
        help_text=_("Your reason goes to everybody on the voters’ list, and is shown with the vote and its result."),
        required_message=_("Enter why the vote closes early"), rows=3, max_length=500,
    )  # fmt: skip


class WordingForm(Form):
    subject = fields.CharField(
        label=_("Subject"), required=False, max_length=120, help_text=_("Leave it empty to use ours."),
    )  # fmt: skip
    opening = fields.TextField(
        label=_("How the email begins"), required=False, rows=5, max_length=1000,
        help_text=_("Plain text, after the greeting. Leave it empty to use ours."),
    )  # fmt: skip


class ExtendForm(Form):
    ends_at = fields.DateTimeField(
        label=_("New closing time"), required_message=_("Enter the new closing time")
    )
    reason = fields.TextField(
        label=_("Why does the vote stay open longer?"),
        help_text=_(
            "Your reason goes to everybody on the voters’ list, and is shown with the vote, in the story and in the "
            "ballot file."
        ),
        required_message=_("Enter why the vote stays open longer"), rows=3, max_length=500,
    )  # fmt: skip


class PlanForm(Form):
    goes_at = fields.DateTimeField(
        label=_("When does the reminder go out?"), required_message=_("Enter when the reminder goes out"),
        help_text=_("It goes by itself to everybody who has not voted by then. A week lies between two reminders."),
    )  # fmt: skip


class CorrectionForm(Form):
    reason = fields.CharField(
        label=_("Why is this person taken off?"), help_text=_("For example: is on the list twice, or has died."),
        required_message=_("Enter why this person is taken off"), max_length=500,
    )  # fmt: skip


class HideForm(Form):
    because = fields.CharField(
        label=_("Why is it not shown?"), help_text=_("For example: names a person."),
        required_message=_("Enter why it is not shown"), max_length=300,
    )  # fmt: skip


class AgainForm(Form):
    closes_at = fields.DateTimeField(
        label=_("Closes"), ends=True, required_message=_("Enter when the new vote closes")
    )
