"""What may not change once a ballot is open is refused by the database too, whoever asks."""

from django.db import migrations

FROZEN = (
    "lab_id code question method closes_at tie_rule lot_sealed lot_commitment breakdowns threshold "
    "reason_prompt quorum frozen_sha256 opened_at"
).split()
STATE_OF = "(SELECT state FROM ballots_ballot WHERE id = NEW.ballot_id)"
# (name, table, moment, condition, words)
GUARDS = [
    ("ballots_ballot_frozen", "ballots_ballot", "UPDATE", None, "an open ballot cannot be changed"),
    ("ballots_option_new", "ballots_option", "INSERT", f"{STATE_OF} <> 'draft'", "an open ballot gets no new option"),
    ("ballots_option_frozen", "ballots_option", "UPDATE", f"{STATE_OF} <> 'draft'", "an option of an open ballot cannot be changed"),
    ("ballots_roll_frozen", "ballots_rollentry", "INSERT", f"{STATE_OF} = 'open'", "the roll is frozen"),
    ("ballots_box_shut", "ballots_sealedvote", "INSERT", f"{STATE_OF} <> 'open'", "the ballot box is not open"),
]


def _changed(apart):
    return " OR ".join(f"OLD.{name} {apart} NEW.{name}" for name in FROZEN)


def _when(condition, *, apart):
    return condition or f"OLD.state <> 'draft' AND ({_changed(apart)})"


def add_guards(apps, editor):
    for guard in GUARDS:
        for statement in _statements(editor.connection.vendor, *guard):
            editor.execute(statement)


def drop_guards(apps, editor):
    on_postgres = editor.connection.vendor == "postgresql"
    for name, table, *_rest in GUARDS:
        editor.execute(f"DROP TRIGGER {name} ON {table}" if on_postgres else f"DROP TRIGGER {name}")
        if on_postgres:
            editor.execute(f"DROP FUNCTION {name}()")


def _statements(vendor, name, table, moment, condition, words):
    if vendor == "sqlite":
        when = _when(condition, apart="IS NOT")
        return [
            f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        ]
    when = _when(condition, apart="IS DISTINCT FROM")
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN "
        f"RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


class Migration(migrations.Migration):
    dependencies = [("ballots", "0001_initial")]
    operations = [migrations.RunPython(add_guards, drop_guards)]
