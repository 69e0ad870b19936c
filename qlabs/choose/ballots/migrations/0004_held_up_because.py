from django.db import migrations, models


class Migration(migrations.Migration):
    """NULL where nothing holds a ballot up, so that SQLite adds a column and need not write the table anew."""

    dependencies = [("ballots", "0003_options_kept")]
    operations = [
        migrations.AddField("ballot", "held_up_because", models.CharField(max_length=300, null=True))
    ]
