"""Throws a demo away: every table, the kept letters and the pictures of the story."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection


def make_tables():
    """In a database that nobody has used yet; one that is in use is brought up to date by its owner."""
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)


def database():
    """Drop all tables and make them anew, in a database that may be open elsewhere."""
    with connection.cursor() as cursor:
        drop = drop_postgres if connection.vendor == "postgresql" else drop_sqlite
        drop(cursor)
    call_command("migrate", verbosity=0)


def files():
    """Remove the letters and the pictures that belong to what was dropped."""
    for letter in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        letter.unlink(missing_ok=True)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def drop_postgres(cursor):
    """Drop every table, and every function that Q Labs made; the schema and its rights stay."""
    cursor.execute(
        "SELECT format('DROP TABLE %I CASCADE', tablename) FROM pg_tables WHERE schemaname = current_schema() "
        "UNION ALL SELECT format('DROP FUNCTION %s', oid::regprocedure) FROM pg_proc "
        "WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype"
    )
    for [statement] in cursor.fetchall():
        cursor.execute(statement)


def drop_sqlite(cursor):
    """Drop every table, view and trigger."""
    cursor.execute("PRAGMA foreign_keys = OFF")
    cursor.execute("SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view', 'trigger')")
    found = sorted(cursor.fetchall(), key=lambda one: one[0], reverse=True)
    for kind, name in found:
        if not name.startswith("sqlite_"):
            cursor.execute(f"DROP {kind.upper()} IF EXISTS {connection.ops.quote_name(name)}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("VACUUM")
