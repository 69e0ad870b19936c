"""On PostgreSQL a page does not wait for ever; SQLite has only its wait for another writer."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

LIMIT = (
    "from django.db import connection as c; c.ensure_connection(); k = c.cursor();"
    "k.execute('SHOW statement_timeout'); print(k.fetchone()[0])"
)
pytestmark = [
    pytest.mark.skipif(not settings.ON_POSTGRES, reason="only PostgreSQL can stop a query after a time"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def no_patience():
    """Queries of this test are stopped after a third of a second."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '333ms'")
        yield
        cursor.execute("RESET statement_timeout")


@pytest.fixture
def labs_locked():
    """Somebody else holds the table of labs and does not let go: a query on it never ends."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE lab_lab IN ACCESS EXCLUSIVE MODE")
        yield
        cursor.execute("ROLLBACK")
    other.close()


def test_a_query_without_an_end_is_a_polite_503(client, no_patience, labs_locked):
    answer = client.get("/labs/")
    assert answer.status_code == 503
    assert "This took too long, so we stopped it." in answer.content.decode()
    assert "Please try again in a minute" in answer.content.decode()


def test_the_same_page_comes_when_the_query_ends(client, no_patience):
    assert client.get("/labs/").status_code == 200


@pytest.mark.parametrize(
    ("start", "more", "limit"),
    [
        ("import qlabs.config.server; ", {}, "15s"),
        ("import qlabs.config.server; ", {"QLABS_QUERY_SECONDS": "3"}, "3s"),
        ("import qlabs.config.server; ", {"QLABS_QUERY_SECONDS": "0"}, "0"),
        ("import django; django.setup(); ", {}, "0"),
    ],
    ids=["pages", "pages, set", "pages, unlimited", "commands"],
)
def test_pages_have_a_limit_and_commands_none(start, more, limit, tmp_path):
    here = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    told = {
        "QLABS_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "qlabs.config.settings",
        "DATABASE_URL": here,
        **more,
    }
    done = subprocess.run(
        [sys.executable, "-c", start + LIMIT],
        env=os.environ | told,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == limit
