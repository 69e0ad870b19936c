from django.apps import apps
from django.core.management.base import CommandError

from qlabs.base.core import verification
from qlabs.base.core.readiness import ReadyCommand


class Command(ReadyCommand):
    help = (
        "Check that no event was removed or changed, and that heads which somebody kept are still in the log."
    )

    def add_arguments(self, parser):
        parser.add_argument("--lab", metavar="SLUG", help="only the chain of this lab")
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            help="a head that somebody kept; may be given several times",
        )

    def handle(self, *args, lab, head, **options):
        wanted = _lab(lab) if lab else None
        faults = verification.verify(wanted)
        for fault in faults:
            self.stdout.write(f"event {fault.number} of {_named(fault.chain)}: {fault.problem}")
        missing = [one for one in head if not self._is_found(one, wanted)]
        if faults:
            raise CommandError(f"{len(faults)} faults in the event log.")
        self._tell(verification.chains(wanted))
        if missing:
            raise CommandError(
                f"{len(missing)} of {len(head)} heads is not in the log: it was rewritten, or set back to an older "
                "back-up, after somebody kept them."
            )

    def _is_found(self, head, lab):
        event = verification.place_of(head, lab)
        where = f"event {event.number} of {_of(event.chain)}" if event else "NOT FOUND"
        self.stdout.write(f"{head.strip().lower()}: {where}")
        return event is not None

    def _tell(self, chains):
        for chain in chains:
            self.stdout.write(
                f"{_of(chain)}: {chain.number} events, none removed or changed. Head {chain.hash}"
            )
        if not chains:
            self.stdout.write("0 events.")


def _of(chain):
    return _named(chain.lab.slug if chain.lab else "")


def _named(slug):
    return slug or "the installation"


def _lab(slug):
    lab = apps.get_model("lab.Lab").objects.filter(slug=slug).first()
    if lab is None:
        raise CommandError(f"There is no lab with the address {slug}.")
    return lab
