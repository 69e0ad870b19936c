from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from qlabs.base.core.models import Record
from qlabs.base.core.plain import plain_address
from qlabs.base.core.search import SearchText


class Perspective(models.TextChoices):
    LIVED = "lived-experience", _("Lived experience")
    CARER = "carer", _("Carer")
    STAFF = "front-line-staff", _("Front-line staff")
    MANAGER = "manager", _("Manager")
    QI = "qi", _("Quality improvement")
    RESEARCHER = "researcher", _("Researcher")
    POLICY = "commissioner-policy", _("Commissioner or policy")
    DESIGNER = "designer", _("Designer")
    OTHER = "other", _("Other")


class Nation(models.TextChoices):
    ENGLAND = "england", _("England")
    SCOTLAND = "scotland", _("Scotland")
    WALES = "wales", _("Wales")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")


class OrganisationKind(models.TextChoices):
    NHS = "nhs", _("NHS")
    SOCIAL_CARE = "social-care", _("Social care")
    COUNCIL = "council", _("Council")
    CHARITY = "charity", _("Charity")
    HOUSING = "housing", _("Housing")
    UNIVERSITY = "university", _("University")
    COMPANY = "company", _("Company")
    PATIENT_GROUP = "patient-group", _("Patient group")
    OTHER = "other", _("Other")


class Joined(models.TextChoices):
    """How somebody became a member of the community."""

    LIST = "list", _("on an imported list")
    INVITATION = "invitation", _("by accepting an invitation")
    THEMSELVES = "themselves", _("by joining themselves")
    OPERATOR = "operator", _("added by an operator")
    BEFORE = "before", _("before ways of joining were kept")


class Organisation(Record):
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("type"), max_length=20, choices=OrganisationKind, blank=True)
    search_text = SearchText(of=["name"])

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="people_organisation_name_once")]

    def __str__(self):
        return self.name


class PersonManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email=plain_address(email))


class Person(AbstractBaseUser, Record):
    """Anyone with a way to sign in: a community member, or a guest invited by personal link.

    There are no passwords: people sign in by a code in a mail, a passkey or a personal link.
    """

    password = models.CharField(max_length=128, default="!", editable=False)
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("email address"), max_length=254)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(_("operator"), default=False)
    is_invented = models.BooleanField(_("invented for the demo"), default=False)
    joined_at = models.DateTimeField(_("joined the community"), null=True)
    joined_how = models.CharField(max_length=20, choices=Joined, blank=True)
    joined_list = models.ForeignKey(
        "people.Import", on_delete=models.PROTECT, null=True, related_name="members"
    )
    joined_invitation = models.ForeignKey(
        "people.Invitation", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    sign_outs = models.PositiveIntegerField(default=0)
    link_number = models.PositiveIntegerField(default=0)
    perspective = models.CharField(_("perspective"), max_length=20, choices=Perspective, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    nation = models.CharField(_("nation"), max_length=20, choices=Nation, blank=True)
    region = models.CharField(_("region"), max_length=100, blank=True)
    skills = models.TextField(_("skills"), max_length=1000, blank=True)
    offer = models.TextField(_("what I can offer"), max_length=1000, blank=True)
    search_text = SearchText(of=["name"])  # a lead who searches a roll must not learn whose address is on it

    objects = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="people_email_once"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="people_email_lower_case"),
            models.CheckConstraint(
                condition=Q(joined_at=None, joined_how="") | Q(joined_at__isnull=False) & ~Q(joined_how=""),
                name="people_member_has_a_way",
            ),
            models.CheckConstraint(
                condition=~Q(joined_how=Joined.LIST) | Q(joined_list__isnull=False),
                name="people_list_of_member_is_kept",
            ),
        ]
        indexes = [models.Index(fields=["joined_at"])]

    def __str__(self):
        return self.name or self.email

    @property
    def is_member(self):
        return self.is_active and self.joined_at is not None

    def _get_session_auth_hash(self, secret=None):
        """Sessions end when the address changes or the person signs out everywhere."""
        return salted_hmac(
            "qlabs.people.session", f"{self.email}|{self.sign_outs}", secret=secret, algorithm="sha256"
        ).hexdigest()


class Invitation(Record):
    """A personal link sent to one person; what it opens is told by `purpose`.

    `name` and `email` are as the inviter wrote them: who invites never learns whether the person was here before.
    """

    class Purpose(models.TextChoices):
        COMMUNITY = "community", _("join the community")
        LAB = "lab", _("join a lab as a guest")
        OPERATOR = "operator", _("look after the installation")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    search_text = SearchText(of=["name", "email"])
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.COMMUNITY)
    lab = models.ForeignKey("lab.Lab", on_delete=models.CASCADE, null=True, related_name="invitations")
    role = models.CharField(max_length=20, blank=True)
    nonce = models.CharField(max_length=32)
    invited_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    reminder_sent_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["invited_at", "pk"]
        indexes = [models.Index(fields=["accepted_at", "invited_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "purpose"],
                condition=Q(accepted_at=None, declined_at=None, lab=None),
                name="people_one_open_invitation",
            ),
            models.UniqueConstraint(
                fields=["email", "lab", "role"],
                condition=Q(accepted_at=None, declined_at=None),
                name="people_one_open_invitation_to_lab",
            ),
            models.CheckConstraint(
                condition=Q(purpose="lab", lab__isnull=False) | (~Q(purpose="lab") & Q(lab=None)),
                name="people_lab_invitation_has_lab",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None), name="people_one_answer_to_invitation"
            ),
        ]

    def __str__(self):
        return f"{self.person} ({self.get_purpose_display()})"


class AddressChange(Record):
    """An operator's wish to give somebody another address; the addresses are forgotten once both were told the end."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    old = models.EmailField(max_length=254, blank=True)
    new = models.EmailField(max_length=254, blank=True)
    nonce = models.CharField(max_length=32)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(answered_at=None), name="people_one_open_address_change"
            ),
            models.CheckConstraint(
                condition=Q(is_accepted=False) | Q(answered_at__isnull=False),
                name="people_accepted_address_is_answered",
            ),
        ]


class Import(Record):
    """One uploaded list of members; its rows are forgotten once confirmed, the refused ones a week later.

    `sheet` holds its rows as they were read, so that its columns can be matched by hand until it is confirmed.
    Nobody on it is a member before it is confirmed: by a second operator, or by whoever uploaded it with its number.
    """

    class Confirmed(models.TextChoices):
        SECOND = "second", _("by a second operator")
        TYPED = "typed", _("by typing the number of people")
        BEFORE = "before", _("before confirmations were kept")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=200)
    source = models.CharField(_("source"), max_length=200, blank=True)
    uploaded_at = models.DateTimeField()
    headings = models.JSONField(default=list)
    sheet = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    refused = models.JSONField(default=list)
    ignored = models.JSONField(default=list)
    known = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(null=True)
    refused_rows = models.PositiveIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_how = models.CharField(max_length=10, choices=Confirmed, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None, confirmed_how="")
                | Q(
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    confirmed_how__in=["typed", "before"],
                )
                & ~Q(source="")
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, confirmed_how="second")
                & ~Q(confirmed_by=F("by"))
                & ~Q(source=""),
                name="people_list_is_confirmed_well",
            )
        ]

    def __str__(self):
        return self.filename
