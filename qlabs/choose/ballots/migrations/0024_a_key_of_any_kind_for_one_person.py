import django.db.models.deletion
from django.db import migrations, models

from qlabs.choose.ballots import guards
from qlabs.choose.ballots.without_rowid import CreateModelWithoutRowid


def keep_marks(apps, editor):
    """A vote that is open stays protected: the marks of its keys for the choice go along."""
    entries = apps.get_model("ballots", "RollEntry").objects.exclude(blinded_hash="")
    signed = apps.get_model("ballots", "SignedKey")
    rows = sorted(entries.values_list("blinded_hash", "ballot_id"))
    signed.objects.bulk_create([signed(digest=mark, ballot_id=ballot) for mark, ballot in rows], batch_size=200)


def dismiss(apps, editor):
    """SQLite makes an altered table anew, which the guards that read it would stop; PostgreSQL does not."""
    if editor.connection.vendor == "sqlite":
        guards.dismiss("sqlite", editor.execute)


def post(apps, editor):
    if editor.connection.vendor == "sqlite":
        guards.dismiss("sqlite", editor.execute)
        guards.post("sqlite", editor.execute)


class Migration(migrations.Migration):
    dependencies = [("ballots", "0023_corrections_told")]
    operations = [
        CreateModelWithoutRowid(
            name="SignedKey",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                (
                    "ballot",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ballots.ballot",
                    ),
                ),
            ],
        ),
        migrations.RunPython(keep_marks, migrations.RunPython.noop),
        migrations.RunPython(dismiss, post),
        migrations.RemoveConstraint("RollEntry", "ballots_a_key_for_one_person"),
        migrations.RemoveField("RollEntry", "blinded_hash"),
        migrations.RunPython(post, dismiss),
    ]
