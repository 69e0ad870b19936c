"""Django's settings. What an operator may set is read from the environment and described in docs/settings.md."""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from qlabs.config import env

os.umask(0o077)  # whatever the server, the worker or a command writes is for this account alone
PRODUCTION = env.flag("QLABS_PRODUCTION")
VAR = env.folder(Path(env.text("QLABS_VAR", str(env.ROOT / "var"))))
DEBUG = False


def _kept_secret():
    path = VAR / "secret-key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return path.read_text(encoding="utf-8")


SECRET_KEY = env.secret("QLABS_SECRET_KEY", production=PRODUCTION, fallback=_kept_secret)
SECRET_KEY_FALLBACKS = env.words("QLABS_OLD_SECRET_KEYS")
INSTALLATION_NAME = env.text("QLABS_NAME", "Q Labs")
SITE_URL = env.address("QLABS_URL", "http://localhost:8000", production=PRODUCTION)
WITNESSES = env.addresses("QLABS_WITNESSES")
CONTACT_EMAIL = env.required(
    "QLABS_CONTACT",
    "lab-team@qlabs.example",
    production=PRODUCTION,
    why="set it to the email address where people can write to you",
)
ALLOWED_HOSTS = env.words("QLABS_HOSTS", "" if PRODUCTION else "127.0.0.1 localhost [::1]")
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "QLABS_HOSTS is not set. In production name the host people type, for example labs.example.org."
    )
HTTPS = env.flag("QLABS_HTTPS", default=PRODUCTION)
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "qlabs.base.core",
    "qlabs.base.ui",
    "qlabs.base.people",
    "qlabs.base.lab",
    "qlabs.choose.themes",
    "qlabs.choose.ballots",
    "qlabs.choose.stations",
    "qlabs.across.hub",
    "qlabs.across.story",
    "qlabs.across.operate",
    "qlabs.across.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "rules",
]

MIDDLEWARE = [
    "qlabs.base.core.middleware.arrival",
    "qlabs.base.core.middleware.health_by_number",
    "qlabs.base.people.middleware.even_answers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "qlabs.base.core.middleware.without_cookies",
    "qlabs.base.core.middleware.without_strays",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "qlabs.base.people.middleware.keeps_forms",
    "qlabs.base.people.middleware.second_factor",
    "qlabs.base.lab.middleware.ClosedUnlessDeclared",
]

ROOT_URLCONF = "qlabs.config.urls"
WSGI_APPLICATION = "qlabs.config.server.pages"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "qlabs.config.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "qlabs.base.ui.context.shell",
                "qlabs.base.people.context.forms",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
FORM_RENDERER = "qlabs.base.ui.forms.Renderer"

DATABASES = {"default": env.database(env.text("DATABASE_URL"), var=VAR)}
ON_POSTGRES = DATABASES["default"]["ENGINE"].endswith("postgresql")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        **(
            {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}
            if ON_POSTGRES
            else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        ),
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # counts of tries must not be pushed out by other tries
    }
}

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "hub:waiting"
LOGOUT_REDIRECT_URL = "hub:home"
ACCOUNT_ADAPTER = "qlabs.base.people.adapter.Adapter"
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_FORMS = {
    "login": "qlabs.base.people.forms.sign_in.SignInForm",
    "confirm_login_code": "qlabs.base.people.forms.sign_in.CodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # our own form writes to them
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_RATE_LIMITS = {
    # No limit counts by place alone but this one, which is never seen: a hospital may share one address.
    "email_to_stranger": "60/m/ip",
    "login": None,  # codes are counted below, passkeys cannot be guessed
    "login_failed": None,  # second factors are counted below
    "code_from_known_browser": "5/5m/key",
    "code_from_one_place": "5/5m/key",
    "code_from_everywhere": "20/h/key",
    "tries_of_one_code": "3/15m/key",
    "second_factor_from_known_browser": "10/5m/key",
    "second_factor_from_one_place": "10/5m/key",
    "second_factor_from_everywhere": "30/h/key",
    # A voting station: only wrong codes are counted, and a code has 60 bits that nobody guesses.
    "personal_code_from_known_browser": "60/5m/key",
    "personal_code_from_one_place": "30/5m/key",
    "personal_code_from_everywhere": "2000/h/key",
    "personal_code_newly_known": "20/h/key",
}
MFA_RATE_LIMITS = {"webauthn_login": None}  # a signature cannot be guessed
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = env.text("QLABS_CLIENT_IP_HEADER") or None
MFA_ADAPTER = "qlabs.base.people.adapter.SecondFactor"
MFA_FORMS = {
    "authenticate": "qlabs.base.people.forms.sign_in.SecondFactorForm",
    "reauthenticate": "qlabs.base.people.forms.sign_in.AgainForm",
    "activate_totp": "qlabs.base.people.forms.sign_in.AuthenticatorForm",
    "add_webauthn": "qlabs.base.people.forms.sign_in.PasskeyForm",
    "edit_webauthn": "qlabs.base.people.forms.sign_in.PasskeyNameForm",
    "login_webauthn": "qlabs.base.people.forms.sign_in.PasskeySignInForm",
    "reauthenticate_webauthn": "qlabs.base.people.forms.sign_in.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = INSTALLATION_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SECOND_FACTOR_REQUIRED = env.flag("QLABS_SECOND_FACTOR", default=PRODUCTION)

SESSION_ENGINE = "qlabs.base.core.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "qlabs.base.people.views.kept.csrf_failure"
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [env.ROOT / "qlabs" / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = env.folder(VAR / "static")
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "media/"

EMAIL_BACKEND = "django.core.mail.backends." + (
    "smtp.EmailBackend" if env.text("QLABS_SMTP_HOST") else "filebased.EmailBackend"
)
if PRODUCTION and not env.text("QLABS_SMTP_HOST"):
    raise ImproperlyConfigured("QLABS_SMTP_HOST is not set. In production name your mail relay.")
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = env.text("QLABS_SMTP_HOST")
EMAIL_PORT = env.number("QLABS_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("QLABS_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("QLABS_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("QLABS_SMTP_STARTTLS")
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.text("QLABS_MAIL_FROM", f"{INSTALLATION_NAME} <{CONTACT_EMAIL}>")

SERVER_THREADS = env.number("QLABS_THREADS", 4)
BODY_SECONDS = env.number("QLABS_BODY_SECONDS", 20)
QUERY_SECONDS = env.number("QLABS_QUERY_SECONDS", 15)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "qlabs.base.core.logs.Line"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "qlabs": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},  # its warnings name addresses, and some addresses are secret
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other names of the same domain are not ours to decide about
    "security.W008",  # the proxy turns http into https
    "security.W021",  # nor is a browser's preload list
    "auth.W004",  # the address is unique whatever its capitals, by a constraint Django does not see
]
