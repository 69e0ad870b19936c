from django.core.management.base import BaseCommand, CommandError

from qlabs.across.operate import backups


class Command(BaseCommand):
    help = "Write everything but open ballots and sessions into one archive."

    def add_arguments(self, parser):
        parser.add_argument("path", help="a new file, for example qlabs-2026-11-24.tar.gz")

    def handle(self, *args, path, **options):
        try:
            told = backups.write(path)
        except FileExistsError as problem:
            raise CommandError(f"{path} exists already; name a new file.") from problem
        self.stdout.write(f"{sum(table.rows for table in told)} rows of {len(told)} tables are in {path}.")
