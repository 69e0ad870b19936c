from django.db import migrations
from django.db.models import F, OuterRef, Subquery

NOT_KEPT = "Imported before sources were kept"


def tell(apps, editor):
    """What is known of members, lists and invitations from before."""
    person, imported, invitation = (
        apps.get_model("people", name) for name in ("Person", "Import", "Invitation")
    )
    person.objects.exclude(joined_at=None).filter(joined_how="").update(joined_how="before")
    confirmed = imported.objects.exclude(confirmed_at=None).filter(confirmed_how="")
    confirmed.update(confirmed_how="before", confirmed_by=F("by"), source=NOT_KEPT)
    of = person.objects.filter(pk=OuterRef("person"))
    invitation.objects.filter(email="").update(
        email=Subquery(of.values("email")[:1]), name=Subquery(of.values("name")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0007_answers_to_invitations")]
    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
