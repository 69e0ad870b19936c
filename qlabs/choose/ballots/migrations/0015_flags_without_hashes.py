from django.db import migrations


def part(apps, editor):
    """Every vote is declared: the flag stays, what was signed is forgotten."""
    entries = apps.get_model("ballots", "RollEntry").objects
    entries.exclude(blinded_hash="").update(has_key=True, blinded_hash="")


class Migration(migrations.Migration):
    dependencies = [("ballots", "0014_has_key")]
    operations = [migrations.RunPython(part, migrations.RunPython.noop)]
