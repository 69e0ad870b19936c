from django.db import migrations, models

from qlabs.choose.ballots import guards


def dismiss(apps, editor):
    """SQLite writes the table anew, which a trigger that reads it would stop."""
    guards.dismiss(editor.connection.vendor, editor.execute)


def set_anew(apps, editor):
    guards.post(editor.connection.vendor, editor.execute)


class Migration(migrations.Migration):
    """Without "is not null" a missing moment is neither true nor false, and a check takes it."""

    dependencies = [("ballots", "0021_roll_sources_frozen")]
    operations = [
        migrations.RunPython(dismiss, set_anew),
        migrations.RemoveConstraint("earlyclosing", "ballots_agreed_by_another"),
        migrations.AddConstraint(
            "earlyclosing",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at", None), ("agreed_by", None)),
                    models.Q(
                        ("agreed_at__gte", models.F("asked_at")),
                        ("agreed_at__isnull", False),
                        ("agreed_by__isnull", False),
                        models.Q(("agreed_by", models.F("asked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="ballots_agreed_by_another",
            ),
        ),
        migrations.RunPython(set_anew, dismiss),
    ]
