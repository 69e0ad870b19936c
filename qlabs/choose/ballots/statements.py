"""The few small statements that every vote needs, as plain SQL for both databases.

Composing them costs ten times as much as asking, and in the last minute everybody asks. All else goes through models.
"""

from django.db import connection

MOMENT = "SELECT code, state, ends_at FROM ballots_ballot WHERE id = %s"
ENTRY = """
    SELECT entry.id, entry.ballot_id, entry.voter_id, entry.nation, entry.perspective, ballot.code, ballot.breakdowns,
        ballot.reason_prompt, person.id, person.link_number, person.is_active
    FROM ballots_rollentry entry
    JOIN ballots_ballot ballot ON ballot.id = entry.ballot_id
    JOIN people_person person ON person.id = entry.person_id
    WHERE entry.voter_id = %s
"""
LEAVE_MARK = """
    UPDATE ballots_rollentry SET has_key = TRUE, request_hash = %s WHERE id = %s AND NOT has_key
"""
MARK = "SELECT request_hash FROM ballots_rollentry WHERE id = %s"
ADD_SIGNED_KEYS = "INSERT INTO ballots_signedkey (digest, ballot_id) VALUES {}"
PRIVATE_KEYS = "SELECT scope, private FROM ballots_signingkey WHERE ballot_id = %s AND scope IN ({})"
LINES = "SELECT digest, sealed FROM ballots_sealedvote WHERE ballot_id = %s AND digest IN ({})"
LINE = "SELECT 1 FROM ballots_sealedvote WHERE ballot_id = %s AND digest = %s"
ADD_LINES = "INSERT INTO ballots_sealedvote (digest, ballot_id, sealed) VALUES {}"


def first(statement, *values):
    """The first row found, or None."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


def among(statement, *values, names):
    """Every row found; `names` go where the statement has {}."""
    places = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(statement.format(places), [*values, *names])
        return cursor.fetchall()


def add(statement, rows):
    """All rows in one statement; their places go where it has {}."""
    places = ", ".join(f"({', '.join(['%s'] * len(row))})" for row in rows)
    with connection.cursor() as cursor:
        cursor.execute(statement.format(places), [value for row in rows for value in row])


def change(statement, *values):
    """How many rows were written."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount
