from django.db import migrations, models


class Migration(migrations.Migration):
    """The flag apart from what was signed, which is forgotten at the close."""

    dependencies = [("ballots", "0009_no_vote_is_open")]
    operations = [
        migrations.AddField("rollentry", "has_key", models.BooleanField(default=False, db_default=False)),
        migrations.AddField(
            "rollentry",
            "request_hash",
            models.CharField(max_length=64, blank=True, default="", db_default=""),
        ),
    ]
