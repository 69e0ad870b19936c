from django.db import migrations, models

from qlabs.choose.ballots import guards


def dismiss(apps, editor):
    """SQLite writes the table anew, which the guards that read it would stop; 0019 sets them again."""
    guards.dismiss(editor.connection.vendor, editor.execute)


class Migration(migrations.Migration):
    """The flag apart from what was signed, which is forgotten at the close."""

    dependencies = [("ballots", "0012_guards_of_the_end")]
    operations = [
        migrations.RunPython(dismiss, migrations.RunPython.noop),
        migrations.AddField("rollentry", "has_key", models.BooleanField(default=False, db_default=False)),
        migrations.AddField(
            "rollentry",
            "request_hash",
            models.CharField(max_length=64, blank=True, default="", db_default=""),
        ),
    ]
