from django.db import migrations

from qlabs.base.core import search


class Migration(migrations.Migration):
    """Rows from before are found too."""

    dependencies = [("people", "0011_search_text")]
    operations = [
        migrations.RunPython(search.index("people.Organisation"), search.unindex("people.Organisation")),
        migrations.RunPython(search.index("people.Person"), search.unindex("people.Person")),
        migrations.RunPython(search.index("people.Invitation"), search.unindex("people.Invitation")),
    ]
