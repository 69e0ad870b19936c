from django.db import migrations


class Migration(migrations.Migration):
    """How often somebody voted joined votes to voters. The files of declared votes stay as they are."""

    dependencies = [("ballots", "0017_lines_of_one_length")]
    operations = [migrations.RemoveField("countedvote", "counter")]
