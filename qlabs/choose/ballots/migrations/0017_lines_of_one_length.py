import django.db.models.deletion
from django.db import migrations, models

from qlabs.choose.ballots.without_rowid import CreateModelWithoutRowid


class Migration(migrations.Migration):
    """No vote is open (0006), so the box is empty and is made anew; on SQLite an altered table would get row numbers."""

    dependencies = [("ballots", "0016_a_key_for_one_person")]
    operations = [
        migrations.DeleteModel("SealedVote"),
        CreateModelWithoutRowid(
            name="SealedVote",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
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
    ]
