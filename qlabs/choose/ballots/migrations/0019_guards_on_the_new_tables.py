from django.db import migrations

from qlabs.choose.ballots import guards


def set_anew(apps, editor):
    """The guards of a table go with it when it is made anew."""
    vendor, execute = editor.connection.vendor, editor.execute
    guards.dismiss(vendor, execute)
    guards.post(vendor, execute)


class Migration(migrations.Migration):
    dependencies = [("ballots", "0018_counters_unpublished")]
    operations = [migrations.RunPython(set_anew, migrations.RunPython.noop)]
