from django.core.management.base import CommandError
from django.db import migrations

SENTENCE = (
    "{count} vote(s) are open, or closed and not declared, and votes cast before this version cannot be counted by it: "
    "go back to the version before, close and declare them there, then upgrade. No vote has been changed."
)


def refuse(apps, editor):
    waiting = apps.get_model("ballots", "Ballot").objects.filter(state__in=("open", "closed")).count()
    if waiting:
        raise CommandError(SENTENCE.format(count=waiting))


class Migration(migrations.Migration):
    """What lies in an open box is sealed and signed as it was then: it cannot be turned into what follows.

    This comes before everything else that is new, so that the version before can still close and declare.
    """

    dependencies = [("ballots", "0005_voters")]
    run_before = [("ballots", "0006_keys_fixed"), ("core", "0004_chains"), ("people", "0003_link_number")]
    operations = [migrations.RunPython(refuse, migrations.RunPython.noop)]
