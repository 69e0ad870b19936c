import rules

from qlabs.base.lab import access
from qlabs.base.lab.rules import is_not_archived, is_on_team, sees_lab

from .models import Entry, Picture

access.kind("entry", Entry)
access.kind("picture", Picture, lab_path="entry__lab", related=("entry__lab",))


@rules.predicate
def is_published(person, subject=None):
    entry = getattr(subject, "entry", subject)
    return entry is not None and entry.is_published


rules.add_perm("story.read", sees_lab)
rules.add_perm("story.see", is_on_team | is_published & sees_lab)
rules.add_perm("story.write", is_on_team & is_not_archived)
