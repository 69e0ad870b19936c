from django.db import migrations

from qlabs.choose.ballots import guards


def set_anew(apps, editor):
    """Guards for the keys since 0003."""
    vendor, execute = editor.connection.vendor, editor.execute
    guards.dismiss(vendor, execute)
    guards.post(vendor, execute)


class Migration(migrations.Migration):
    dependencies = [("ballots", "0007_participation_codes")]
    operations = [migrations.RunPython(set_anew, migrations.RunPython.noop)]
