from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("ballots", "0010_ends_as_it_was")]

    operations = [
        migrations.RemoveConstraint(
            model_name='ballot',
            name='ballots_known_state',
        ),
        migrations.RemoveConstraint(
            model_name='ballot',
            name='ballots_closed_has_a_time',
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'open', 'closed', 'declared', 'stopped', 'void'])), name='ballots_known_state'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state__in', ['draft', 'open'])), models.Q(models.Q(('state__in', ['draft', 'open']), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='ballots_closed_has_a_time'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_at', None), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('ends_at__gte', models.F('opened_at')), ('ends_at__isnull', False), ('ends_at__lte', models.F('closes_at'))), _connector='OR'), name='ballots_ends_by_closing_time'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['closed', 'declared']), _negated=True), ('closed_at__gte', models.F('ends_at')), _connector='OR'), name='ballots_closed_at_its_end'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('fewest_votes__gte', 5), ('fewest_votes__isnull', False)), models.Q(('fewest_votes', None), models.Q(('state__in', ['draft', 'open']), _negated=True)), _connector='OR'), name='ballots_fewest_votes_hide'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['closed', 'declared']), _negated=True), ('fewest_votes', None), ('keys_signed__gte', models.F('fewest_votes')), _connector='OR'), name='ballots_few_votes_no_result'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'void'), _negated=True), models.Q(('box_sealed', ''), ('file_sha256', ''), ('keys_signed', 0), ('result__isnull', True)), _connector='OR'), name='ballots_void_tells_nothing'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'stopped'), _negated=True), ('stopped_because__isnull', False), _connector='OR'), name='ballots_stopped_says_why'),
        ),
    ]
