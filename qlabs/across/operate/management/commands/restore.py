import tarfile

from django.core.management.base import BaseCommand, CommandError

from qlabs.across.operate import backups


class Command(BaseCommand):
    help = "Fill an empty, migrated database from an archive that `qlabs backup` wrote."

    def add_arguments(self, parser):
        parser.add_argument("path")

    def handle(self, *args, path, **options):
        try:
            told = backups.restore(path)
        except (backups.NotEmpty, backups.Damaged, OSError, tarfile.TarError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{sum(table.rows for table in told)} rows of {len(told)} tables are back.")
