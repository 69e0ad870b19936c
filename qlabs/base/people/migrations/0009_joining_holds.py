from django.db import migrations, models


class Migration(migrations.Migration):
    """No member without a way of joining, no list without a source, one answer to an invitation."""

    dependencies = [("people", "0008_from_before")]
    operations = [
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('declined_at', None), ('lab', None)), fields=('email', 'purpose'), name='people_one_open_invitation'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('declined_at', None)), fields=('email', 'lab', 'role'), name='people_one_open_invitation_to_lab'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None), ('confirmed_how', '')), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('confirmed_how__in', ['typed', 'before']), models.Q(('source', ''), _negated=True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('confirmed_how', 'second'), models.Q(('confirmed_by', models.F('by')), _negated=True), models.Q(('source', ''), _negated=True)), _connector='OR'), name='people_list_is_confirmed_well'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_at', None), ('declined_at', None), _connector='OR'), name='people_one_answer_to_invitation'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('joined_at', None), ('joined_how', '')), models.Q(('joined_at__isnull', False), models.Q(('joined_how', ''), _negated=True)), _connector='OR'), name='people_member_has_a_way'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('joined_how', 'list'), _negated=True), ('joined_list__isnull', False), _connector='OR'), name='people_list_of_member_is_kept'),
        ),
    ]
