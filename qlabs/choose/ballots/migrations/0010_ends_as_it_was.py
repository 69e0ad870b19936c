from django.db import migrations
from django.db.models.functions import Least


def tell(apps, editor):
    """Votes that are over ended when they closed, and were asked for no smallest number of votes."""
    over = apps.get_model("ballots", "Ballot").objects.exclude(state="draft")
    over.update(ends_at=Least("closes_at", "closed_at"), fewest_votes=None)


class Migration(migrations.Migration):
    dependencies = [("ballots", "0009_few_votes")]
    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
