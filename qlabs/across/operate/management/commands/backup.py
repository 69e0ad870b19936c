from django.core.management.base import CommandError

from qlabs.across.operate import backups
from qlabs.base.core.readiness import ReadyCommand


class Command(ReadyCommand):
    help = "Write everything but uncounted ballot boxes and sessions into one signed archive."

    def add_arguments(self, parser):
        parser.add_argument("path", help="a new file, for example qlabs-2026-11-24.tar.gz")

    def handle(self, *args, path, **options):
        try:
            manifest = backups.write(path)
        except FileExistsError as problem:
            raise CommandError(f"{path} exists already; name a new file.") from problem
        rows = sum(table.rows for table in manifest.tables)
        self.stdout.write(
            f"{rows} rows of {len(manifest.tables)} tables and {len(manifest.files)} files are in {path}."
        )
