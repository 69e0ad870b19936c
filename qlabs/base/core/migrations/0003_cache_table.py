from django.core.management import call_command
from django.db import migrations


def make_cache_table(apps, editor):
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_links")]
    operations = [migrations.RunPython(make_cache_table, migrations.RunPython.noop)]
