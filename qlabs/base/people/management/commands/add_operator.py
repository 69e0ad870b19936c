"""Make somebody an operator and print a link that signs them in once."""

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from qlabs.base.core.mail import absolute
from qlabs.base.core.plain import plain_address
from qlabs.base.core.readiness import ReadyCommand
from qlabs.base.people import actions, links


class Command(ReadyCommand):
    help = 'Make somebody an operator: qlabs add-operator name@example.org "Name". Run again for a new link.'

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *, email, name, **options):
        email = plain_address(email)
        try:
            validate_email(email)
        except ValidationError as problem:
            raise CommandError(f"{email} is not an email address.") from problem
        invitation = actions.invite_operator(email=email, name=name, at=timezone.now())
        self.stdout.write(
            f"{invitation.person.name} is an operator. This link signs them in, once, within 60 days:"
        )
        self.stdout.write(absolute(reverse("people:join", args=[links.token(invitation)])))
