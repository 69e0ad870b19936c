"""Reads of what a lead has written into the emails to voters."""

from django.utils.translation import gettext as _

from qlabs.base.ui.words import without_direction

from ..models import Letter, State, Wording


def wording(ballot, letter):
    """The Wording of an email as it goes out: the lead's own words, and ours where she wrote none."""
    own = wording_written(ballot, letter)
    subjects = {
        Letter.INVITATION: _("Your vote: %(question)s"),
        Letter.REMINDER: _("There is still time to vote: %(question)s"),
    }
    openings = {
        Letter.INVITATION: _("You can vote now."),
        Letter.REMINDER: _("There is still time to vote."),
    }
    subject = own.subject or subjects[letter] % {"question": ballot.question}
    return Wording(
        ballot=ballot,
        letter=letter,
        subject=without_direction(subject),
        opening=own.opening or openings[letter],
    )


def wording_written(ballot, letter):
    """What the lead has written, each part empty where she has not."""
    return Wording.objects.filter(ballot=ballot, letter=letter).first() or Wording(
        ballot=ballot, letter=letter
    )


def may_be_worded(ballot, letter):
    """Whether the email has not gone yet: the invitation goes at the opening, reminders until the end."""
    return ballot.state == State.DRAFT or (letter == Letter.REMINDER and ballot.state == State.OPEN)
