from django.db import migrations

WITH_ADDRESSES = ("qlabs.base.people.letters.sign_in_code", "qlabs.base.people.letters.unknown_address")


def end(apps, schema_editor):
    """Keys of sessions stood in the clear until now, and so did codes and addresses in tasks: all end here."""
    apps.get_model("sessions", "Session").objects.all().delete()
    tasks = apps.get_model("django_tasks_database", "DBTaskResult").objects
    tasks.filter(task_path__in=WITH_ADDRESSES).delete()
    tasks.exclude(traceback="").update(traceback="")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_positions_go_on"),
        ("sessions", "0001_initial"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [migrations.RunPython(end, migrations.RunPython.noop)]
