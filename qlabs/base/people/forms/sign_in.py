"""Forms of the sign-in pages: allauth's steps in our words."""

import struct

from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.core.internal.httpkit import headed_redirect_response
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm as AllauthAddPasskeyForm
from allauth.mfa.webauthn.forms import EditWebAuthnForm as AllauthEditPasskeyForm
from allauth.mfa.webauthn.forms import LoginWebAuthnForm as AllauthPasskeySignInForm
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm as AllauthPasskeyAgainForm
from django.core.exceptions import ValidationError
from django.forms import HiddenInput, JSONField
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from qlabs.base.ui import fields
from qlabs.base.ui.forms import Form

from .. import codes, throttle

NO_PASSKEY = (AttributeError, IndexError, KeyError, TypeError, ValueError, struct.error)
NOT_THE_CODE = _("This is not the code we sent. Look at the newest email and try again")
TOO_MANY_TRIES = _("There were too many wrong codes. Wait 5 minutes, then try again")
TRY_AGAIN = _("This is not a passkey. Try again")
SIX_DIGITS = _("Enter the 6-digit code from your app, or one of your recovery codes")


class AddressForm(Form):
    login = fields.EmailField(
        label=_("Email address"),
        help_text=_("We will send you a code. There is no password to remember."),
        required_message=_("Enter your email address"),
        max_length=254,
        width=30,
    )


class SignInForm(AddressForm):
    """Asks for a code by mail; says the same whether or not the address is known. allauth calls its `login`."""

    def __init__(self, *args, request=None, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_login(self):
        email = self.cleaned_data["login"]
        if not throttle.may_guess(self.request, "code", whom=email):
            raise ValidationError(
                _("We have sent this address several codes. Wait 5 minutes, then try again.")
            )
        return email

    def login(self, request, redirect_url=None):
        codes.ask(request, self.cleaned_data["login"])
        query = {"next": redirect_url} if redirect_url else None
        return headed_redirect_response("account_confirm_login_code", query=query)


class CodeForm(Form):
    code = fields.CodeField(
        label=_("Your code"),
        width=10,
        max_length=20,
        autocomplete="one-time-code",
        required_message=_("Enter the code from the email"),
    )

    def __init__(self, *args, code=None, **kwargs):
        self.expected = code
        super().__init__(*args, **kwargs)

    def clean_code(self):
        code = self.cleaned_data["code"]
        if not compare_user_code(actual=code, expected=self.expected):
            raise ValidationError(NOT_THE_CODE)
        return code


class Limited:
    """Counts the tries at somebody's second factor."""

    def clean_code(self):
        if not throttle.may_guess(context.request, "second_factor", whom=self.user.email):
            raise ValidationError(TOO_MANY_TRIES)
        return super().clean_code()


class SecondFactorForm(Limited, Form, AllauthAuthenticateForm):
    code = fields.CodeField(
        label=_("Code from your authenticator app"),
        help_text=_("Or one of your recovery codes."),
        width=10,
        max_length=20,
        autocomplete="one-time-code",
        required_message=SIX_DIGITS,
    )


class AgainForm(Limited, Form, AllauthReauthenticateForm):
    code = SecondFactorForm.base_fields["code"]


class AuthenticatorForm(Form, AllauthActivateForm):
    code = fields.CodeField(
        label=_("Code from your authenticator app"),
        width=10,
        max_length=20,
        autocomplete="one-time-code",
        required_message=_("Enter the 6-digit code that your app shows"),
    )


class ToldByBrowser(JSONField):
    """What a browser tells of a passkey. The library fails on some of what is none, and keeps 0 as a passkey."""

    def __init__(self, kind):
        self.kind = kind
        super().__init__(widget=HiddenInput)

    def validate(self, value):
        super().validate(value)
        try:
            is_passkey = isinstance(value, dict) and self.kind.from_dict(value) is not None
        except NO_PASSKEY as error:
            raise ValidationError(TRY_AGAIN) from error
        if not is_passkey:
            raise ValidationError(TRY_AGAIN)


class PasskeyForm(Form, AllauthAddPasskeyForm):
    name = fields.CharField(
        label=_("Name of this passkey"),
        help_text=_("For example the device it is on, so that you know it again."),
        required=False,
        mark_optional=False,
        max_length=60,
        width=20,
    )
    credential = ToldByBrowser(RegistrationResponse)


class PasskeySignInForm(AllauthPasskeySignInForm):
    credential = ToldByBrowser(AuthenticationResponse)


class PasskeyAgainForm(AllauthPasskeyAgainForm):
    credential = ToldByBrowser(AuthenticationResponse)


class PasskeyNameForm(Form, AllauthEditPasskeyForm):
    name = fields.CharField(
        label=_("Name of this passkey"), max_length=60, width=20, required_message=_("Enter a name")
    )
