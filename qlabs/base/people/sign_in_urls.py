"""Those pages of allauth that we use; what is not here does not exist."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.views.generic import RedirectView

from qlabs.base.core.routes import page

from .views import sign_in

to_security = RedirectView.as_view(pattern_name="people:security")

urlpatterns = [
    page("login/", account.login, "people.sign_in", name="account_login"),
    page("logout/", account.logout, "people.sign_in", name="account_logout"),
    page("inactive/", account.account_inactive, "people.sign_in", name="account_inactive"),
    page(
        "login/code/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        "people.sign_in",
        name="account_request_login_code",
    ),
    page("login/code/confirm/", sign_in.confirm_code, "people.sign_in", name="account_confirm_login_code"),
    page("2fa/", to_security, "people.sign_in", name="mfa_index"),
    page("2fa/authenticate/", mfa.authenticate, "people.sign_in", name="mfa_authenticate"),
    page("2fa/reauthenticate/", mfa.reauthenticate, "people.security", name="mfa_reauthenticate"),
    page("2fa/totp/activate/", totp.activate_totp, "people.security", name="mfa_activate_totp"),
    page("2fa/totp/deactivate/", totp.deactivate_totp, "people.security", name="mfa_deactivate_totp"),
    page(
        "2fa/recovery-codes/",
        recovery_codes.view_recovery_codes,
        "people.security",
        name="mfa_view_recovery_codes",
    ),
    page(
        "2fa/recovery-codes/generate/",
        recovery_codes.generate_recovery_codes,
        "people.security",
        name="mfa_generate_recovery_codes",
    ),
    page(
        "2fa/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        "people.security",
        name="mfa_download_recovery_codes",
    ),
    page("2fa/webauthn/", to_security, "people.sign_in", name="mfa_list_webauthn"),
    page("2fa/webauthn/add/", webauthn.add_webauthn, "people.security", name="mfa_add_webauthn"),
    page("2fa/webauthn/login/", webauthn.login_webauthn, "people.sign_in", name="mfa_login_webauthn"),
    page(
        "2fa/webauthn/reauthenticate/",
        webauthn.reauthenticate_webauthn,
        "people.security",
        name="mfa_reauthenticate_webauthn",
    ),
    page(
        "2fa/webauthn/keys/<int:pk>/remove/",
        webauthn.remove_webauthn,
        "people.security",
        name="mfa_remove_webauthn",
    ),
    page(
        "2fa/webauthn/keys/<int:pk>/edit/",
        webauthn.edit_webauthn,
        "people.security",
        name="mfa_edit_webauthn",
    ),
]
