"""The next event's position follows the last one's."""

from django.core.management.color import no_style
from django.db import migrations


def go_on(apps, editor):
    for statement in editor.connection.ops.sequence_reset_sql(no_style(), [apps.get_model("core", "Event")]):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0006_each_event_in_a_chain")]
    operations = [migrations.RunPython(go_on, migrations.RunPython.noop)]
