"""Where allauth asks us: who may have an account, how letters go out, how secrets are kept."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qlabs.base.core import seals, tasks

from . import kept, letters, second_factor, throttle

SEALED = "qlabs.people.second-factor"
ADDED = ("mfa/email/totp_activated", "mfa/email/webauthn_added")
CHANGES = {
    "mfa/email/totp_activated": gettext_lazy("An authenticator app was added."),
    "mfa/email/totp_deactivated": gettext_lazy("The authenticator app was removed."),
    "mfa/email/webauthn_added": gettext_lazy("A passkey was added."),
    "mfa/email/webauthn_removed": gettext_lazy("A passkey was removed."),
    "mfa/email/recovery_codes_generated": gettext_lazy(
        "New recovery codes were made. The old ones no longer work."
    ),
}


class Adapter(DefaultAccountAdapter):
    """Accounts are made by invitation only, and every letter is sent by a task."""

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        try:
            return super().is_safe_url(url)
        except ValueError:  # not an address at all, such as http://[
            return False

    def logout(self, request):
        of_others = kept.of_others(request)
        super().logout(request)
        kept.put_back(request, of_others)

    def get_login_redirect_url(self, request):
        """Where nothing else was asked for: to what was typed too late, if anything was."""
        return reverse("people:kept") if kept.of(request) else super().get_login_redirect_url(request)

    def post_login(self, request, user, **kwargs):
        request.session.set_expiry(None)  # only a session that signs nobody in is a short one
        response = super().post_login(request, user, **kwargs)
        throttle.remember_browser(request, response, user.email)
        return response

    def get_reauthentication_methods(self, user):
        """A passkey is asked for first, where there is one."""
        return sorted(super().get_reauthentication_methods(user), key=lambda way: "webauthn" not in way["id"])

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        if template_prefix in ADDED:  # adding one proves as much as using it
            record_authentication(self.request, user, "mfa", reauthenticated=True)
        tasks.later(letters.second_factor_changed, user.pk, str(CHANGES[template_prefix]))

    def add_message(
        self, request, level, message_template=None, message_context=None, extra_tags="", message=None
    ):
        """Our pages say what happened; only what is told in words of ours is kept."""
        if message:
            super().add_message(request, level, message=message, extra_tags=extra_tags)


class SecondFactor(DefaultMFAAdapter):
    """Keeps second factors encrypted; a copy of the database alone cannot sign in."""

    def build_totp_svg(self, url):
        return ""  # the page shows it as an image with an address of its own

    def get_totp_label(self, user):
        return user.email

    def can_delete_authenticator(self, authenticator):
        """Whoever must have a second factor keeps at least one."""
        person = authenticator.user
        return not second_factor.is_required(person) or second_factor.has_another(person, authenticator)

    def encrypt(self, text):
        return seals.seal(SEALED, text)

    def decrypt(self, encrypted_text):
        text = seals.unseal(SEALED, encrypted_text)
        if text is None:
            raise LookupError(
                "A second factor was encrypted with a key that this installation no longer has."
            )
        return text

    def generate_authenticator_name(self, user, type):
        return _("My passkey")
