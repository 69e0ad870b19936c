from django.db import migrations

from qlabs.choose.ballots import guards


def set_anew(apps, editor):
    """The guard of an open ballot covers where its roll comes from."""
    vendor, execute = editor.connection.vendor, editor.execute
    guards.dismiss(vendor, execute)
    guards.post(vendor, execute)


class Migration(migrations.Migration):
    dependencies = [("ballots", "0020_roll_sources")]
    operations = [migrations.RunPython(set_anew, migrations.RunPython.noop)]
