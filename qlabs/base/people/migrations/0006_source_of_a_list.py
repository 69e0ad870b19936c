import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Where a list comes from, and who confirmed it in what way."""

    dependencies = [("people", "0005_ways_of_joining")]
    operations = [
        migrations.AddField(
            model_name='import',
            name='source',
            field=models.CharField(blank=True, max_length=200, verbose_name='source'),
        ),
        migrations.AddField(
            model_name='import',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='import',
            name='confirmed_how',
            field=models.CharField(blank=True, choices=[('second', 'by a second operator'), ('typed', 'by typing the number of people'), ('before', 'before confirmations were kept')], max_length=10),
        ),
    ]
