from django.db import migrations

from qlabs.base.core import search


class Migration(migrations.Migration):
    """Rows from before are found too."""

    dependencies = [("people", "0011_search_text")]
    operations = [
        migrations.RunPython(search.index("people.Organisation"), migrations.RunPython.noop),
        migrations.RunPython(search.index("people.Person"), migrations.RunPython.noop),
        migrations.RunPython(search.index("people.Invitation"), migrations.RunPython.noop),
    ]
