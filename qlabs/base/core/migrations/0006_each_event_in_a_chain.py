import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0005_old_events_stay_in_one_chain")]
    operations = [
        migrations.AlterField(
            model_name="event",
            name="chain",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="core.chain",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="number",
            field=models.PositiveBigIntegerField(),
        ),
        migrations.AlterField(
            model_name="event",
            name="position",
            field=models.BigAutoField(primary_key=True, serialize=False),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("chain", "number"), name="core_one_event_a_number"),
        ),
        migrations.DeleteModel(name="ChainHead"),
    ]
