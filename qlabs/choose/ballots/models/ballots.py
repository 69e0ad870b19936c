"""A secret ballot: what is asked, who may vote, the keys that sign, and the box that knows nobody.

No row says who cast which ballot. What each table may know, and when it forgets it, is told in
docs/adr (ballot secrecy). Tables without a clock and without a sequential number are so on purpose.
"""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from labengines.voting import fingerprints
from qlabs.base.core.models import Record

from ..states import BALLOT_HOLDS, State

REASON_LENGTH = 2000


def new_code():
    return secrets.token_hex(8)


def new_key():
    return secrets.token_hex(16)


class Method(models.TextChoices):
    PLURALITY = "plurality", _("One choice each; the most votes win")


class TieRule(models.TextChoices):
    RUN_OFF = "run-off", _("A run-off between the tied themes")
    LOT = "lot", _("A random draw, fixed in advance")


class Voters(models.TextChoices):
    COMMUNITY = "community", _("Every member of the community")
    LAB = "lab", _("Only people with a role in this lab")


class Attribute(models.TextChoices):
    NATION = "nation", _("Nation")
    PERSPECTIVE = "perspective", _("Perspective")


class Ballot(Record):
    """One question to a frozen roll. `code` is its name in signed messages and in the published file."""

    lab = models.ForeignKey("lab.Lab", on_delete=models.PROTECT, related_name="ballots")
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    question = models.CharField(_("question"), max_length=300)
    method = models.CharField(_("method"), max_length=20, choices=Method, default=Method.PLURALITY)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"))
    voters = models.CharField(_("who can vote"), max_length=10, choices=Voters, null=True)
    tie_rule = models.CharField(
        _("if there is a tie"), max_length=10, choices=TieRule, default=TieRule.RUN_OFF
    )
    lot_sealed = models.TextField(blank=True)
    lot_commitment = models.CharField(max_length=64, blank=True)
    breakdowns = models.JSONField(_("results also shown by"), default=list, blank=True)
    threshold = models.PositiveSmallIntegerField(_("smallest group shown"), default=10)
    fewest_votes = models.PositiveSmallIntegerField(_("fewest votes for a result"), default=10, null=True)
    reason_prompt = models.CharField(_("question for the reason"), max_length=300, blank=True)
    what_next = models.TextField(_("what happens next"), max_length=1000, blank=True)
    quorum = models.PositiveIntegerField(_("fewest votes to choose a theme"), null=True, blank=True)
    run_off_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="run_off")
    again_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="asked_again")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    held_up_because = models.CharField(max_length=300, null=True)
    frozen_sha256 = models.CharField(max_length=64, blank=True)
    box_sealed = models.TextField(blank=True)
    roll_size = models.PositiveIntegerField(default=0)
    roll_sha256 = models.CharField(max_length=64, blank=True)
    roll_sources = models.JSONField(null=True)
    keys_sha256 = models.CharField(max_length=64, null=True)
    keys_signed = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    told_on = models.DateField(null=True)
    turnout_shown = models.PositiveIntegerField(null=True)
    turnout_shown_at = models.DateTimeField(null=True)
    extended_to = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(_("reason for closing early"), max_length=500, blank=True)
    stopped_because = models.CharField(max_length=500, null=True)
    scrubbed_at = models.DateTimeField(null=True)
    declared_at = models.DateTimeField(null=True)
    marginals = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    file_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = BALLOT_HOLDS

    def __str__(self):
        return self.question

    @property
    def announced_end(self):
        """When it ends unless it is closed early: as first announced, or as extended since."""
        return self.extended_to or self.closes_at

    @property
    def check_code(self):
        """What stands for all its keys in emails and pages; "" in a draft, and in a vote from before there were any."""
        return fingerprints.check_code(self.keys_sha256) if self.keys_sha256 else ""


class BallotFile(models.Model):
    """The bytes that anyone may download and recount, as they were declared."""

    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, primary_key=True, related_name="file")
    content = models.BinaryField()


class Option(Record):
    """One answer: a theme's words as they stood at the opening. `public_id` stands in ballots and files."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="options")
    theme = models.ForeignKey("themes.Theme", on_delete=models.PROTECT, null=True, related_name="options")
    public_id = models.CharField(max_length=16, default=new_code, editable=False)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "position"], name="ballots_option_place_once"),
            models.UniqueConstraint(fields=["ballot", "public_id"], name="ballots_option_id_once"),
            models.UniqueConstraint(fields=["ballot", "theme"], name="ballots_theme_once"),
        ]

    def __str__(self):
        return self.title


class RollEntry(models.Model):
    """One person who may vote. Beside the flag (`has_key`: a key was signed) stands no time and no choice.

    `request_hash` says what was signed, so that the same is signed again and nothing else: until the close.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="roll")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    voter_id = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    nation = models.CharField(max_length=20, blank=True)
    perspective = models.CharField(max_length=20, blank=True)
    participation_code = models.CharField(max_length=19, null=True, editable=False)
    has_key = models.BooleanField(default=False, db_default=False)
    request_hash = models.CharField(max_length=64, blank=True, default="", db_default="")
    invited = models.BooleanField(default=False)
    told = models.BooleanField(default=False)
    reminders = models.PositiveSmallIntegerField(default=0)
    informed = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "person"], name="ballots_on_the_roll_once"),
            models.UniqueConstraint(
                fields=["ballot", "participation_code"],
                condition=Q(participation_code__isnull=False),
                name="ballots_participation_code_once",
            ),
        ]

    @property
    def lab(self):
        return self.ballot.lab


class Correction(Record):
    """Somebody taken off a roll before anyone had voted, and why; `voter_id` is what her links were made of."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="corrections")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    voter_id = models.CharField(max_length=16, null=True, editable=False)
    told = models.BooleanField(default=False, db_default=False)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="ballots_correction_says_why")]


class SigningKey(models.Model):
    """The key that signs blindly for one scope; `private` is sealed, and emptied at the close."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="keys")
    scope = models.CharField(max_length=64)
    n = models.TextField()
    e = models.PositiveIntegerField(default=65537)
    private = models.TextField(blank=True)

    class Meta:
        ordering = ["scope"]
        constraints = [models.UniqueConstraint(fields=["ballot", "scope"], name="ballots_one_key_a_scope")]


class SignedKey(models.Model):
    """The mark of one blinded key that was signed: it is signed for one person alone. No person, no time; gone at the
    close.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="+", db_index=False)


class SealedVote(models.Model):
    """One line in the open ballot box, encrypted: a copy of the database shows neither voting keys nor choices.

    No person, no time, no number in sequence, one length. Only ever added to while open, and gone at the close.
    `digest` stands for scope, voting key and counter (so each is there once), and tells none of them.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()


class CountedVote(models.Model):
    """A vote as it was counted and is published, written at the close; its random key is all that orders the table."""

    public_key = models.CharField(max_length=64, primary_key=True)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=16, blank=True)
    credential = models.TextField()
    signature = models.CharField(max_length=128)


class Reason(models.Model):
    """Why somebody chose an option: detached from every ballot, shown once a moderator has read it."""

    class State(models.TextChoices):
        PENDING = "pending", _("To be read")
        SHOWN = "shown", _("Shown")
        HIDDEN = "hidden", _("Not shown")

    key = models.CharField(max_length=32, primary_key=True, default=new_key)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="reasons")
    choice = models.CharField(max_length=16, blank=True)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    hidden_because = models.CharField(_("reason for not showing"), max_length=300, blank=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="hidden") & ~Q(hidden_because="")
                | ~Q(state="hidden") & Q(hidden_because=""),
                name="ballots_hidden_says_why",
            )
        ]

    @property
    def lab(self):
        return self.ballot.lab
