from django.db import migrations, models


class Migration(migrations.Migration):
    """NULL on rolls from before: a code that was in no invitation would say nothing."""

    dependencies = [("ballots", "0006_keys_fixed")]
    operations = [
        migrations.AddField(
            "rollentry", "participation_code", models.CharField(max_length=19, null=True, editable=False)
        ),
        migrations.AddConstraint(
            "rollentry",
            models.UniqueConstraint(
                condition=models.Q(participation_code__isnull=False),
                fields=("ballot", "participation_code"),
                name="ballots_participation_code_once",
            ),
        ),
    ]
