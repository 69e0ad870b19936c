"""Print the address of a PostgreSQL for the tests, or nothing: QLABS_TEST_POSTGRES, else one on this machine."""

import os

import psycopg

CANDIDATES = [
    os.environ.get("QLABS_TEST_POSTGRES", ""),
    "postgresql://postgres@127.0.0.1:5432/postgres",
]


def answers(url):
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


print(next((url for url in CANDIDATES if url and answers(url)), ""))
