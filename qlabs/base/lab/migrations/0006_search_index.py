from django.db import migrations

from qlabs.base.core import search


class Migration(migrations.Migration):
    """Rows from before are found too."""

    dependencies = [("lab", "0005_search_text")]
    operations = [
        migrations.RunPython(search.index("lab.Lab"), search.unindex("lab.Lab")),
    ]
