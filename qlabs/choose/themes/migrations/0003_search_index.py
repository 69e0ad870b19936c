from django.db import migrations

from qlabs.base.core import search


class Migration(migrations.Migration):
    """Rows from before are found too."""

    dependencies = [("themes", "0002_search_text")]
    operations = [
        migrations.RunPython(search.index("themes.Theme"), search.unindex("themes.Theme")),
    ]
