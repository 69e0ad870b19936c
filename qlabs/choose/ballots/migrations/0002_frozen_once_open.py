from django.db import migrations

from qlabs.choose.ballots import guards


def add_guards(apps, editor):
    guards.post(editor.connection.vendor, editor.execute)


def drop_guards(apps, editor):
    guards.dismiss(editor.connection.vendor, editor.execute)


class Migration(migrations.Migration):
    dependencies = [("ballots", "0001_initial")]
    operations = [migrations.RunPython(add_guards, drop_guards)]
