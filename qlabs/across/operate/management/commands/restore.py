from django.core.management.base import CommandError
from django.utils import timezone

from qlabs.across.operate import archives, restoring
from qlabs.base.core.readiness import ReadyCommand


class Command(ReadyCommand):
    help = "Fill an empty, migrated database and media folder from an archive that `qlabs backup` wrote."

    def add_arguments(self, parser):
        parser.add_argument("path")
        parser.add_argument(
            "--unsigned",
            action="store_true",
            help="take an archive that is not signed with QLABS_SECRET_KEY or one of QLABS_OLD_SECRET_KEYS",
        )

    def handle(self, *args, path, unsigned, **options):
        try:
            manifest, stopped = restoring.restore(path, at=timezone.now(), unsigned=unsigned)
        except (restoring.NotEmpty, archives.Damaged, OSError) as problem:
            raise CommandError(str(problem)) from problem
        rows = sum(table.rows for table in manifest.tables)
        self.stdout.write(
            f"{rows} rows of {len(manifest.tables)} tables and {len(manifest.files)} files are back."
        )
        for ballot in stopped:
            self.stdout.write(
                f"Stopped, because back-ups hold no open box: {ballot.question}. Its voters are told."
            )
        if not manifest.is_ours:
            self.stderr.write(
                "WARNING: nobody vouches for this archive. Whoever had it could change people, roles and results."
            )
