from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("lab", "0006_search_index")]

    operations = [
        migrations.AddField(
            "stagedates",
            "proposals_close_at",
            models.DateTimeField(blank=True, null=True, verbose_name="proposals close"),
        ),
        migrations.AddConstraint(
            "stagedates",
            models.CheckConstraint(
                condition=Q(proposals_close_at=None)
                | (Q(opens_at=None) | Q(proposals_close_at__gt=F("opens_at")))
                & (Q(closes_at=None) | Q(proposals_close_at__lte=F("closes_at"))),
                name="lab_proposals_close_while_open",
            ),
        ),
    ]
