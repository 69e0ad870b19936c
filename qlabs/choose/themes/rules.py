import rules

from qlabs.base.lab import access
from qlabs.base.lab.models import TEAM_ROLES, Role
from qlabs.base.lab.rules import (
    has_role,
    is_community_member,
    is_lead,
    is_not_archived,
    is_operator,
    sees_lab,
    stage_is_open,
    takes_proposals,
)

from .models import Comment, State, Theme

access.kind("theme", Theme, related=("proposer",))
access.kind("comment", Comment, lab_path="theme__lab", related=("theme__lab", "theme__proposer"))


@rules.predicate
def is_draft(person, subject=None):
    return getattr(subject, "state", None) == State.DRAFT


@rules.predicate
def is_proposer(person, subject=None):
    return person.is_authenticated and getattr(subject, "proposer_id", None) == person.pk


@rules.predicate
def is_editable(person, subject=None):
    return getattr(subject, "state", None) in (State.PROPOSED, State.SHORTLISTED)


has_a_voice = is_community_member & sees_lab | has_role(*TEAM_ROLES, Role.SITE_LEAD, Role.CONTRIBUTOR)
is_open = stage_is_open("themes")

rules.add_perm("themes.index", sees_lab)
rules.add_perm("themes.read", sees_lab & ~is_draft | is_proposer)
rules.add_perm("themes.discuss", has_a_voice | is_operator)
rules.add_perm("themes.write", has_a_voice & is_not_archived)
rules.add_perm("themes.propose", has_a_voice & takes_proposals("themes"))
rules.add_perm(
    "themes.edit",
    is_not_archived & (is_draft & is_proposer | is_editable & (is_lead | is_proposer & is_open)),
)
rules.add_perm("themes.revise", is_not_archived & (is_proposer | ~is_draft & is_lead))
rules.add_perm("themes.discard", is_not_archived & is_draft & is_proposer)
rules.add_perm("themes.comment", has_a_voice & is_open & ~is_draft)
rules.add_perm("themes.support", has_a_voice & is_open & ~is_draft)
rules.add_perm("themes.choose", is_lead & is_not_archived & ~is_draft)
rules.add_perm("themes.withdraw", is_not_archived & is_editable & (is_lead | is_proposer))
rules.add_perm("themes.moderate", (is_lead | is_operator) & is_not_archived)
