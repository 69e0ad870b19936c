from django.db import migrations, models


class Migration(migrations.Migration):
    """NULL in drafts, and in votes from before it was kept where a roll comes from."""

    dependencies = [("ballots", "0019_guards_on_the_new_tables")]
    operations = [migrations.AddField("ballot", "roll_sources", models.JSONField(null=True))]
