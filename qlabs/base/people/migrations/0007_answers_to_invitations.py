from django.db import migrations, models


class Migration(migrations.Migration):
    """An invitation keeps what its inviter wrote, and a no."""

    dependencies = [("people", "0006_source_of_a_list")]
    operations = [
        migrations.AddField(
            model_name='invitation',
            name='name',
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name='invitation',
            name='email',
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name='invitation',
            name='declined_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RemoveConstraint(
            model_name='invitation',
            name='people_one_open_invitation',
        ),
        migrations.RemoveConstraint(
            model_name='invitation',
            name='people_one_open_invitation_to_lab',
        ),
    ]
