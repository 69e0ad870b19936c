"""Whether this installation can work at all: its database answers and has the tables of this version."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

UNREACHABLE = "The database cannot be reached: {why} See DATABASE_URL in docs/settings.md."
BEHIND = "The database does not have the tables of this version yet. Run `python -m qlabs migrate` first."
AHEAD = (
    "The database is of a newer version of Q Labs than this one. Fetch that version, or restore a back-up."
)


def refuse_unready():
    """Raises CommandError with one sentence that says what to do."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as problem:
        raise CommandError(UNREACHABLE.format(why=_first_line(problem))) from problem
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(BEHIND)
    known = executor.loader.disk_migrations
    ours = executor.loader.migrated_apps
    if any(applied not in known for applied in executor.loader.applied_migrations if applied[0] in ours):
        raise CommandError(AHEAD)


def _first_line(problem):
    return str(problem).strip().partition("\n")[0].rstrip(".") + "."


class ReadyCommand(BaseCommand):
    """A command that works with the database's rows, and says in a sentence why it cannot."""

    def execute(self, *args, **options):
        refuse_unready()
        return super().execute(*args, **options)
