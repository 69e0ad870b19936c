from django.core.management.base import BaseCommand

from qlabs.base.lab import roles
from qlabs.config.env import ROOT


class Command(BaseCommand):
    help = "Print who may do what, or write it to docs/roles.md."

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help="write docs/roles.md")

    def handle(self, *args, write, **options):
        if not write:
            self.stdout.write(roles.page())
            return
        path = ROOT / "docs" / "roles.md"
        path.write_text(roles.page(), encoding="utf-8")
        self.stdout.write(f"{path} is written.")
