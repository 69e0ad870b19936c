from django.db import migrations, models


class Migration(migrations.Migration):
    """NULL in drafts, and in votes from before keys were fixed."""

    dependencies = [("ballots", "0005_voters")]
    operations = [migrations.AddField("ballot", "keys_sha256", models.CharField(max_length=64, null=True))]
