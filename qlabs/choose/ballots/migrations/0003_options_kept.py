from django.db import migrations

from qlabs.choose.ballots import guards


def set_anew(apps, editor):
    """One more guard since 0002: no option of an open ballot is deleted."""
    vendor, execute = editor.connection.vendor, editor.execute
    guards.dismiss(vendor, execute)
    guards.post(vendor, execute)


class Migration(migrations.Migration):
    dependencies = [("ballots", "0002_frozen_once_open")]
    operations = [migrations.RunPython(set_anew, migrations.RunPython.noop)]
