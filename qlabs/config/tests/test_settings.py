import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from qlabs.config import env

WHOLE = {
    "QLABS_PRODUCTION": "yes",
    "QLABS_SECRET_KEY": "".join(map(chr, range(48, 108))),
    "QLABS_HOSTS": "labs.example.org",
    "QLABS_URL": "https://labs.example.org",
    "QLABS_SMTP_HOST": "mail.example.org",
    "QLABS_CONTACT": "team@labs.example.org",
}


def started(tmp_path, *, without=(), **more):
    """`qlabs check --deploy` in an environment of its own."""
    plain = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("QLABS_", "DATABASE_", "DJANGO_ALLOW"))
    }
    wanted = {name: value for name, value in (WHOLE | more).items() if name not in without}
    return subprocess.run(
        [sys.executable, "-m", "qlabs", "check", "--deploy", "--fail-level", "WARNING"],
        env=plain | wanted | {"QLABS_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_whole_production_passes_djangos_deployment_checks(tmp_path):
    done = started(tmp_path)
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.parametrize(
    "name", ["QLABS_SECRET_KEY", "QLABS_HOSTS", "QLABS_SMTP_HOST", "QLABS_URL", "QLABS_CONTACT"]
)
def test_a_missing_setting_stops_production_with_one_sentence(tmp_path, name):
    done = started(tmp_path, without=[name])
    assert done.returncode == 1
    assert done.stderr.startswith(f"Q Labs cannot start. {name} is not set.")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"QLABS_THREADS": "many"}, "QLABS_THREADS must be a whole number"),
        ({"QLABS_WITNESSES": "ann@x.org, Ben"}, "QLABS_WITNESSES must be email addresses"),
        ({"QLABS_HTTPS": "perhaps"}, "QLABS_HTTPS must be yes or no"),
        ({"QLABS_SECRET_KEY": "short-but-my-own"}, "QLABS_SECRET_KEY can be guessed"),
        ({"QLABS_SECRET_KEY": "ab" * 40}, "QLABS_SECRET_KEY can be guessed"),
        (
            {"QLABS_SECRET_KEY": "django-insecure-" + WHOLE["QLABS_SECRET_KEY"]},
            "QLABS_SECRET_KEY can be guessed",
        ),
        ({"QLABS_SECRET_KEY": "..."}, "QLABS_SECRET_KEY can be guessed"),
        ({"QLABS_URL": "labs.example.org"}, "QLABS_URL must be an address such as"),
        ({"QLABS_URL": "https://labs.example.org/a/place"}, "QLABS_URL must be an address such as"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL must start with sqlite:/// or postgresql://"),
    ],
)
def test_a_wrong_setting_stops_with_one_sentence(tmp_path, wrong, said):
    done = started(tmp_path, **wrong)
    assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (1, True, False)


def test_a_folder_that_cannot_be_made_stops_with_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    done = started(tmp_path / "file" / "var")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "cannot be made: Not a directory. Set QLABS_VAR" in done.stderr


def test_every_setting_read_is_in_the_document():
    source = Path(settings.__dict__["_wrapped"].SETTINGS_MODULE.replace(".", "/") + ".py")
    code = (env.ROOT / source).read_text(encoding="utf-8")
    told = (env.ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    read = {
        part.split('"')[1] for part in code.split("env.")[1:] if part.split("(")[0] in READERS and '"' in part
    }
    assert {name for name in read if f"`{name}`" not in told} == set()
    assert len(read) > 15


READERS = {"text", "flag", "number", "words", "secret", "required", "address"}


def test_postgresql_addresses_are_read_whole():
    found = env.database("postgresql://me:p%40ss@db.example:5433/labs?sslmode=require", var=Path("unused"))
    wanted = ("labs", "me", "p@ss", "db.example", "5433", {"sslmode": "require"})
    assert tuple(found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")) == wanted


def test_sqlite_writes_ahead_begins_immediate_and_survives_a_power_cut():
    options = env.database("sqlite:///x.sqlite3", var=Path("unused"))["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        assert f"PRAGMA {pragma};" in options["init_command"]


@pytest.mark.django_db
def test_the_pragmas_hold_in_a_real_connection():
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has them")
    with connection.cursor() as cursor:
        held = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "secure_delete")
        }
    assert held == {"synchronous": 2, "secure_delete": 1}


def test_a_wrong_flag_raises(monkeypatch):
    monkeypatch.setenv("QLABS_PRODUCTION", "maybe")
    with pytest.raises(ImproperlyConfigured, match="QLABS_PRODUCTION must be yes or no"):
        env.flag("QLABS_PRODUCTION")
