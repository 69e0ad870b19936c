from django.db import migrations

from qlabs.choose.ballots import guards


def set_anew(apps, editor):
    """Every setting is frozen now, and a vote ends when its voters were told."""
    guards.post(editor.connection.vendor, editor.execute)


def dismiss(apps, editor):
    guards.dismiss(editor.connection.vendor, editor.execute)


class Migration(migrations.Migration):
    dependencies = [("ballots", "0011_few_votes_hold")]
    operations = [migrations.RunPython(set_anew, dismiss)]
