import django.db.models.deletion
import qlabs.choose.ballots.models
from django.conf import settings
from django.db import migrations, models
from qlabs.choose.ballots.without_rowid import CreateModelWithoutRowid


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('lab', '0003_stage_moments_told'),
        ('themes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('code', models.CharField(default=qlabs.choose.ballots.models.new_code, editable=False, max_length=16, unique=True)),
                ('question', models.CharField(max_length=300, verbose_name='question')),
                ('method', models.CharField(choices=[('plurality', 'One choice each; the most votes win')], default='plurality', max_length=20, verbose_name='method')),
                ('opens_at', models.DateTimeField(blank=True, null=True, verbose_name='opens')),
                ('closes_at', models.DateTimeField(verbose_name='closes')),
                ('tie_rule', models.CharField(choices=[('run-off', 'A second vote between the first'), ('lot', 'A lot, sealed before the vote opens')], default='run-off', max_length=10, verbose_name='if there is a tie')),
                ('lot_sealed', models.TextField(blank=True)),
                ('lot_commitment', models.CharField(blank=True, max_length=64)),
                ('breakdowns', models.JSONField(blank=True, default=list, verbose_name='results also shown by')),
                ('threshold', models.PositiveSmallIntegerField(default=10, verbose_name='smallest group shown')),
                ('reason_prompt', models.CharField(blank=True, max_length=300, verbose_name='question for the reason')),
                ('what_next', models.TextField(blank=True, max_length=1000, verbose_name='what happens next')),
                ('quorum', models.PositiveIntegerField(blank=True, null=True, verbose_name='fewest votes for a valid result')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('open', 'Open'), ('closed', 'Closed'), ('declared', 'Declared')], default='draft', max_length=10)),
                ('frozen_sha256', models.CharField(blank=True, max_length=64)),
                ('box_sealed', models.TextField(blank=True)),
                ('roll_size', models.PositiveIntegerField(default=0)),
                ('roll_sha256', models.CharField(blank=True, max_length=64)),
                ('keys_signed', models.PositiveIntegerField(default=0)),
                ('opened_at', models.DateTimeField(null=True)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('reminders', models.PositiveSmallIntegerField(default=0)),
                ('told_on', models.DateField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('close_reason', models.CharField(blank=True, max_length=500, verbose_name='reason for closing early')),
                ('scrubbed_at', models.DateTimeField(null=True)),
                ('declared_at', models.DateTimeField(null=True)),
                ('marginals', models.JSONField(default=dict)),
                ('result', models.JSONField(null=True)),
                ('file_sha256', models.CharField(blank=True, max_length=64)),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='lab.lab')),
                ('run_off_of', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='run_off', to='ballots.ballot')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='BallotFile',
            fields=[
                ('ballot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='file', serialize=False, to='ballots.ballot')),
                ('content', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('at', models.DateTimeField()),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='ballots.ballot')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('public_id', models.CharField(default=qlabs.choose.ballots.models.new_code, editable=False, max_length=16)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('position', models.PositiveSmallIntegerField()),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='ballots.ballot')),
                ('theme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='options', to='themes.theme')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        CreateModelWithoutRowid(
            name='Reason',
            fields=[
                ('key', models.CharField(default=qlabs.choose.ballots.models.new_key, max_length=32, primary_key=True, serialize=False)),
                ('choice', models.CharField(blank=True, max_length=16)),
                ('text', models.TextField()),
                ('state', models.CharField(choices=[('pending', 'To be read'), ('shown', 'Shown'), ('hidden', 'Not shown')], default='pending', max_length=10)),
                ('hidden_because', models.CharField(blank=True, max_length=300, verbose_name='reason for not showing')),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reasons', to='ballots.ballot')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'hidden'), models.Q(('hidden_because', ''), _negated=True)), models.Q(models.Q(('state', 'hidden'), _negated=True), ('hidden_because', '')), _connector='OR'), name='ballots_hidden_says_why'),
                ],
                'ordering': ['key'],
            },
        ),
        migrations.CreateModel(
            name='RollEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voter_id', models.CharField(default=qlabs.choose.ballots.models.new_code, editable=False, max_length=16, unique=True)),
                ('nation', models.CharField(blank=True, max_length=20)),
                ('perspective', models.CharField(blank=True, max_length=20)),
                ('blinded_hash', models.CharField(blank=True, max_length=64)),
                ('invited', models.BooleanField(default=False)),
                ('told', models.BooleanField(default=False)),
                ('reminders', models.PositiveSmallIntegerField(default=0)),
                ('informed', models.BooleanField(default=False)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roll', to='ballots.ballot')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        CreateModelWithoutRowid(
            name='SealedVote',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('mark', models.CharField(max_length=64)),
                ('counter', models.PositiveIntegerField()),
                ('sealed', models.TextField()),
                ('ballot', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ballots.ballot')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('ballot', 'mark', 'counter'), name='ballots_one_vote_a_counter'),
                    models.CheckConstraint(condition=models.Q(('counter__gte', 1)), name='ballots_counter_from_one'),
                ],
            },
        ),
        CreateModelWithoutRowid(
            name='CountedVote',
            fields=[
                ('public_key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('counter', models.PositiveIntegerField()),
                ('choice', models.CharField(blank=True, max_length=16)),
                ('credential', models.TextField()),
                ('signature', models.CharField(max_length=128)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ballots.ballot')),
            ],
        ),
        migrations.CreateModel(
            name='SigningKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=64)),
                ('n', models.TextField()),
                ('e', models.PositiveIntegerField(default=65537)),
                ('private', models.TextField(blank=True)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='ballots.ballot')),
            ],
            options={
                'ordering': ['scope'],
            },
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'open', 'closed', 'declared'])), name='ballots_known_state'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('threshold__gte', 2)), name='ballots_threshold_hides'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('opened_at', None), ('closes_at__gt', models.F('opened_at')), _connector='OR'), name='ballots_closes_after_opening'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opened_at', None), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('opened_at__isnull', False)), _connector='OR'), name='ballots_opened_has_a_time'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state__in', ['draft', 'open'])), models.Q(('closed_at__isnull', False), ('state__in', ['closed', 'declared'])), _connector='OR'), name='ballots_closed_has_a_time'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declared'), _negated=True), models.Q(('declared_at__isnull', False), ('scrubbed_at__isnull', False), models.Q(('file_sha256', ''), _negated=True)), _connector='OR'), name='ballots_declared_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='ballots_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(fields=('ballot', 'position'), name='ballots_option_place_once'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(fields=('ballot', 'public_id'), name='ballots_option_id_once'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(fields=('ballot', 'theme'), name='ballots_theme_once'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.UniqueConstraint(fields=('ballot', 'person'), name='ballots_on_the_roll_once'),
        ),
        migrations.AddConstraint(
            model_name='signingkey',
            constraint=models.UniqueConstraint(fields=('ballot', 'scope'), name='ballots_one_key_a_scope'),
        ),
    ]
