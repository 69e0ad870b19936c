"""Settings from the environment: typed, with one clear message when something is missing or wrong."""

import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]
SHORTEST_SECRET, FEWEST_SIGNS = 40, 12
KNOWN = ("insecure", "changeme", "change-me", "example", "secret-key", "...")


def text(name, default=""):
    return os.environ.get(name, default).strip()


def flag(name, *, default=False):
    value = text(name).lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return default if value == "" else value in {"1", "true", "yes", "on"}
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")


def number(name, default):
    value = text(name, str(default))
    if not re.fullmatch(r"\d{1,9}", value):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def words(name, default=""):
    return [word for word in re.split(r"[\s,]+", text(name, default)) if word]


def addresses(name):
    """Email addresses; one that cannot be written to would be a witness who never hears."""
    found = words(name)
    for one in found:
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", one):
            raise ImproperlyConfigured(f"{name} must be email addresses with spaces between, not {one!r}.")
    return found


def folder(path):
    """The folder, made if it is missing. One that cannot be written to stops the start."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise ImproperlyConfigured(
            f"{path} cannot be made: {problem.strerror}. Set QLABS_VAR to a folder that this account may write to."
        ) from problem
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(
            f"{path} cannot be written to by this account. Change its owner, or set QLABS_VAR to another folder."
        )
    return path


def required(name, default, *, production, why):
    """A text that has a stand-in outside production alone."""
    value = text(name)
    if production and not value:
        raise ImproperlyConfigured(f"{name} is not set. In production {why}.")
    return value or default


def address(name, default, *, production):
    """Where this installation is found: a whole address without anything after the host."""
    value = required(
        name,
        default,
        production=production,
        why="set it to the address that people type, for example https://labs.example.org",
    ).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(
            f"{name} must be an address such as https://labs.example.org, not {value!r}."
        )
    return value


def secret(name, *, production, fallback):
    """A secret: required in production and hard to guess; elsewhere a file in var/ keeps it between runs."""
    value = text(name)
    if production and value and _is_weak(value):
        raise ImproperlyConfigured(
            f"{name} can be guessed: it is short, repeats itself or stands in a manual. Set it to the output of "
            "`python3 -c 'import secrets; print(secrets.token_urlsafe(50))'`. See docs/settings.md."
        )
    if value:
        return value
    if production:
        raise ImproperlyConfigured(
            f"{name} is not set. In production set it to a long random text, for example the output of "
            "`python3 -c 'import secrets; print(secrets.token_urlsafe(50))'`. See docs/settings.md."
        )
    return fallback()


def _is_weak(value):
    return (
        len(value) < SHORTEST_SECRET
        or len(set(value)) < FEWEST_SIGNS
        or any(word in value.lower() for word in KNOWN)
    )


def _sqlite(path):
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728; "
                "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-20000;"
            ),
        },
        "TEST": {"NAME": None},
    }


def _postgres(url):
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def database(url, *, var):
    """One entry of Django's DATABASES from a DATABASE_URL (sqlite:///path or postgresql://...)."""
    if not url:
        return _sqlite(str(var / "qlabs.sqlite3"))
    if url.startswith("sqlite:///"):
        return _sqlite(url.removeprefix("sqlite:///"))
    if url.startswith(("postgresql://", "postgres://")):
        return _postgres(url)
    raise ImproperlyConfigured(
        "DATABASE_URL must start with sqlite:/// or postgresql://. See docs/settings.md."
    )
