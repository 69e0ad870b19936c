import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """How each member joined, and by which list or invitation."""

    dependencies = [("people", "0004_address_changes")]
    operations = [
        migrations.AddField(
            model_name='person',
            name='joined_how',
            field=models.CharField(blank=True, choices=[('list', 'on an imported list'), ('invitation', 'by accepting an invitation'), ('themselves', 'by joining themselves'), ('operator', 'added by an operator'), ('before', 'before ways of joining were kept')], max_length=20),
        ),
        migrations.AddField(
            model_name='person',
            name='joined_invitation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.invitation'),
        ),
        migrations.AddField(
            model_name='person',
            name='joined_list',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.import'),
        ),
    ]
