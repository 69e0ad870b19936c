from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ballots", "0015_flags_without_hashes")]
    operations = [
        migrations.AddConstraint(
            "rollentry",
            models.UniqueConstraint(
                fields=["ballot", "blinded_hash"],
                condition=~models.Q(blinded_hash=""),
                name="ballots_a_key_for_one_person",
            ),
        )
    ]
