from django.db import migrations, models


class Migration(migrations.Migration):
    """NULL for the whole community, so that SQLite adds a column and need not write the table anew."""

    dependencies = [("ballots", "0004_held_up_because")]
    operations = [
        migrations.AddField(
            "ballot",
            "voters",
            models.CharField(
                "who can vote",
                max_length=10,
                choices=[
                    ("community", "Every member of the community"),
                    ("lab", "Only people with a role in this lab"),
                ],
                null=True,
            ),
        )
    ]
