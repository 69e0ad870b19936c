import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_cache_table"), ("lab", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(default="0" * 64, max_length=64)),
                ("anchored", models.PositiveBigIntegerField(default=0)),
                ("anchor_due", models.BooleanField(default=False)),
                ("anchored_on", models.DateField(null=True)),
                (
                    "lab",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="lab.lab",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("lab", models.Value(0)),
                        name="core_one_chain_each",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="event",
            name="chain",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="core.chain",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="number",
            field=models.PositiveBigIntegerField(null=True),
        ),
    ]
