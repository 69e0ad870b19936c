import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from qlabs.choose.ballots import guards


def dismiss(apps, editor):
    """SQLite writes the table anew, which its triggers would stop; they are set again once all columns are there."""
    guards.dismiss(editor.connection.vendor, editor.execute)


class Migration(migrations.Migration):

    dependencies = [
        ('ballots', '0008_keys_frozen'),
        ('lab', '0004_form_token'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(dismiss, migrations.RunPython.noop),
        migrations.CreateModel(
            name='EarlyClosing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('asked_at', models.DateTimeField()),
                ('takes_effect_at', models.DateTimeField()),
                ('agreed_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='ballot',
            name='again_of',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asked_again', to='ballots.ballot'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='ends_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='ballot',
            name='fewest_votes',
            field=models.PositiveSmallIntegerField(default=10, null=True, verbose_name='fewest votes for a result'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='stopped_because',
            field=models.CharField(max_length=500, null=True),
        ),
        migrations.AddField(
            model_name='ballot',
            name='turnout_shown',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='ballot',
            name='turnout_shown_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='ballot',
            name='quorum',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='fewest votes to choose a theme'),
        ),
        migrations.AlterField(
            model_name='ballot',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('open', 'Open'), ('closed', 'Closed'), ('declared', 'Declared'), ('stopped', 'Stopped'), ('void', 'No result')], default='draft', max_length=10),
        ),
        migrations.AddField(
            model_name='earlyclosing',
            name='agreed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='earlyclosing',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='earlyclosing',
            name='ballot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='early_closings', to='ballots.ballot'),
        ),
        migrations.AddConstraint(
            model_name='earlyclosing',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('ballot',), name='ballots_one_early_closing'),
        ),
        migrations.AddConstraint(
            model_name='earlyclosing',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='ballots_early_closing_says_why'),
        ),
        migrations.AddConstraint(
            model_name='earlyclosing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed_at', None), ('agreed_by', None)), models.Q(('agreed_at__gte', models.F('asked_at')), ('agreed_by__isnull', False), models.Q(('agreed_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='ballots_agreed_by_another'),
        ),
    ]
