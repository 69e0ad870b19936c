"""Events from before labs had chains of their own stay in the installation's, each with the hash it has."""

from django.db import migrations
from django.db.models import F


def begin(apps, editor):
    Chain, Event = apps.get_model("core", "Chain"), apps.get_model("core", "Event")
    head = apps.get_model("core", "ChainHead").objects.filter(pk=1).first()
    if head is None and not Event.objects.exists():
        return
    number, found = (head.position, head.hash) if head else (0, "0" * 64)
    chain = Chain.objects.create(number=number, hash=found)
    Event.objects.update(chain=chain, number=F("position"))


class Migration(migrations.Migration):
    dependencies = [("core", "0004_chains")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
