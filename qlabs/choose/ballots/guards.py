"""What may not change once a ballot is open is refused by the database too, whoever asks."""

from .settled import SETTINGS

STATE_OF = "(SELECT state FROM ballots_ballot WHERE id = NEW.ballot_id)"
DRAFTED, OPEN = f"{STATE_OF} = 'draft'", f"{STATE_OF} = 'open'"
WAS_DRAFTED = DRAFTED.replace("NEW", "OLD")
ANNOUNCED = "coalesce({0}.extended_to, {0}.closes_at)"
WAS_TO_END, IS_TO_END = ANNOUNCED.format("OLD"), ANNOUNCED.format("NEW")
IS_EARLY = (
    "OLD.state <> 'draft' AND NEW.ends_at <> OLD.ends_at AND NEW.ends_at <> NEW.closes_at AND NOT EXISTS ("
    "SELECT 1 FROM ballots_earlyclosing asked WHERE asked.ballot_id = NEW.id AND asked.withdrawn_at IS NULL AND ("
    "NEW.ends_at >= {a_day_after_asked} OR NEW.ends_at >= asked.agreed_at OR NOT EXISTS ("
    "SELECT 1 FROM ballots_rollentry voter WHERE voter.ballot_id = NEW.id AND NOT voter.has_key)))"
)
IS_TOLD = (
    "SELECT 1 FROM ballots_extension told WHERE told.ballot_id = NEW.id AND told.ends_at = NEW.extended_to "
    "AND told.ended_before = OLD.ends_at"
)
IS_MOVED_UNTOLD = (
    f"OLD.state <> 'draft' AND {IS_TO_END} <> {WAS_TO_END} AND NOT (OLD.state = 'open' AND NEW.state = 'open' AND "
    f"{IS_TO_END} > {WAS_TO_END} AND OLD.ends_at = {WAS_TO_END} AND NEW.ends_at = NEW.extended_to "
    f"AND EXISTS ({IS_TOLD}))"
)
A_DAY_AFTER = {
    "sqlite": "datetime(asked.asked_at, '+24 hours')",
    "postgresql": "asked.asked_at + interval '24 hours'",
}
# (name, table, moment, when it is refused, words)
GUARDS = [
    ("ballots_ballot_frozen", "ballots_ballot", "UPDATE", None, "an open ballot cannot be changed"),
    ("ballots_ends_as_told", "ballots_ballot", "UPDATE", IS_EARLY, "a vote ends when its voters were told"),
    (
        "ballots_keys_fixed",
        "ballots_ballot",
        "UPDATE",
        "OLD.state = 'draft' AND NEW.state <> 'draft' AND NEW.keys_sha256 IS NULL",
        "a ballot opens with its keys fixed",
    ),
    ("ballots_option_new", "ballots_option", "INSERT", f"NOT {DRAFTED}", "an open ballot gets no new option"),
    (
        "ballots_option_frozen",
        "ballots_option",
        "UPDATE",
        f"NOT {DRAFTED}",
        "an option of an open ballot stands",
    ),
    (
        "ballots_option_kept",
        "ballots_option",
        "DELETE",
        f"NOT {WAS_DRAFTED}",
        "an option of an open ballot stays on it",
    ),
    ("ballots_key_new", "ballots_signingkey", "INSERT", f"NOT {DRAFTED}", "an open ballot gets no new key"),
    (
        "ballots_key_frozen",
        "ballots_signingkey",
        "UPDATE",
        "OLD.scope <> NEW.scope OR OLD.n <> NEW.n OR OLD.e <> NEW.e OR OLD.ballot_id <> NEW.ballot_id",
        "the keys of a ballot are fixed",
    ),
    ("ballots_key_kept", "ballots_signingkey", "DELETE", f"NOT {WAS_DRAFTED}", "the keys of a ballot stay"),
    ("ballots_roll_frozen", "ballots_rollentry", "INSERT", OPEN, "the roll is frozen"),
    ("ballots_box_shut", "ballots_sealedvote", "INSERT", f"NOT {OPEN}", "the ballot box is not open"),
    ("ballots_counted_new", "ballots_countedvote", "INSERT", f"NOT {OPEN}", "the votes are counted already"),
    ("ballots_counted_frozen", "ballots_countedvote", "UPDATE", "1 = 1", "a counted vote cannot be changed"),
]
# Since a vote can be extended: what an earlier migration posts cannot speak of a column that is not there yet.
LATER = {
    "ballots_ends_as_told": (
        "ballots_ballot",
        "UPDATE",
        IS_EARLY.replace("NEW.closes_at", IS_TO_END),
        "a vote ends when its voters were told",
    ),
    "ballots_extended_as_told": (
        "ballots_ballot",
        "UPDATE",
        IS_MOVED_UNTOLD,
        "a vote is extended as was told",
    ),
}


def _changed(apart):
    return " OR ".join(f"OLD.{name} {apart} NEW.{name}" for name in SETTINGS)


def _when(condition, *, apart):
    return condition or f"OLD.state <> 'draft' AND ({_changed(apart)})"


def post(vendor, execute):
    """Set the guards as they were until a vote could be extended, for the migrations before that."""
    _post(GUARDS, vendor, execute)


def post_all(vendor, execute):
    """Set every guard. vendor: Django's name of the database; execute: what runs one statement."""
    _post(_all(), vendor, execute)


def _post(guards, vendor, execute):
    for guard in guards:
        for statement in _statements(vendor, *guard):
            execute(statement)


def _all():
    return [guard for guard in GUARDS if guard[0] not in LATER] + [
        (name, *rest) for name, rest in LATER.items()
    ]


def dismiss(vendor, execute):
    """Take every guard away, to set them anew or for a restore into an empty database."""
    for name, table, *_rest in _all():
        on_table = f" ON {table}" if vendor == "postgresql" else ""
        execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
        if vendor == "postgresql":
            execute(f"DROP FUNCTION IF EXISTS {name}()")


def _statements(vendor, name, table, moment, condition, words):
    condition = condition and condition.format(a_day_after_asked=A_DAY_AFTER[vendor])
    if vendor == "sqlite":
        when = _when(condition, apart="IS NOT")
        return [
            f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        ]
    when, row = _when(condition, apart="IS DISTINCT FROM"), "OLD" if moment == "DELETE" else "NEW"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN "
        f"RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$",
        f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
