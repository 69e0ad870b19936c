from django.core.management.base import BaseCommand, CommandError

from qlabs.base.core import events
from qlabs.base.core.models import Event


class Command(BaseCommand):
    help = "Check that no event was removed or changed."

    def handle(self, *args, **options):
        faults = events.verify()
        for fault in faults:
            self.stdout.write(f"event {fault.position}: {fault.problem}")
        if faults:
            raise CommandError(f"{len(faults)} faults in the event log.")
        last = Event.objects.last()
        self.stdout.write(
            f"{last.position if last else 0} events, none removed or changed. "
            f"Head {last.hash if last else events.GENESIS}"
        )
