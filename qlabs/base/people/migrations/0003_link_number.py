from django.db import migrations, models


class Migration(migrations.Migration):
    """The number of a person's links that are good now; older ones open nothing any more."""

    dependencies = [("people", "0002_invitations_and_sessions")]
    operations = [migrations.AddField("person", "link_number", models.PositiveIntegerField(default=0))]
