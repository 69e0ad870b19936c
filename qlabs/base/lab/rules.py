"""Who may, in words that every app's rules are built from."""

import rules

from . import stages
from .models import TEAM_ROLES, Role

anyone = rules.always_allow


@rules.predicate
def is_signed_in(person, subject=None):
    return person.is_authenticated


@rules.predicate
def is_operator(person, subject=None):
    return person.is_authenticated and person.is_active and person.is_operator


@rules.predicate
def is_community_member(person, subject=None):
    return person.is_authenticated and person.is_member


@rules.predicate
def is_on_team(person, subject=None):
    return bool(_roles(subject) & set(TEAM_ROLES))


@rules.predicate
def takes_part(person, subject=None):
    """Has any role in the lab, a guest by personal link included."""
    return bool(_roles(subject))


@rules.predicate
def can_see_lab(person, subject=None):
    return subject is not None and subject.lab.is_public


def has_role(*wanted):
    """A predicate: the person has one of these roles in the lab."""

    @rules.predicate(f"has_role:{'|'.join(wanted)}")
    def predicate(person, subject=None):
        return bool(_roles(subject) & set(wanted))

    return predicate


def stage_is_open(app):
    """A predicate: the stage that an app belongs to is open in the lab now, and the lab has not ended."""

    @rules.predicate(f"stage_is_open:{app}")
    def predicate(person, subject=None):
        return subject is not None and stages.is_open_in(
            subject.lab, stages.OF_APP[app], at=subject.lab.asked_at
        )

    return predicate


def takes_proposals(app):
    """A predicate: the stage that an app belongs to is open, and its proposals have not closed before it."""

    @rules.predicate(f"takes_proposals:{app}")
    def predicate(person, subject=None):
        return subject is not None and stages.takes_proposals(
            subject.lab, stages.OF_APP[app], at=subject.lab.asked_at
        )

    return predicate


@rules.predicate
def is_not_archived(person, subject=None):
    return subject is not None and subject.lab.archived_at is None


@rules.predicate
def leads_a_lab(person, subject=None):
    """Leads some lab already."""
    return person.is_authenticated and person.memberships.filter(role=Role.LEAD).exists()


def _roles(subject):
    return getattr(subject.lab, "asked_roles", frozenset()) if subject is not None else frozenset()


is_lead = has_role(Role.LEAD)
sees_lab = can_see_lab | takes_part | is_operator
runs_lab = is_lead | is_operator

rules.add_perm("lab.create", is_operator | leads_a_lab)
rules.add_perm("lab.change", runs_lab & is_not_archived)
rules.add_perm("lab.see_team", is_on_team | is_operator)
rules.add_perm("lab.change_team", runs_lab & is_not_archived)
rules.add_perm("lab.invite", runs_lab & is_not_archived)
rules.add_perm("lab.see_funding", is_on_team | has_role(Role.FUNDER, Role.EVALUATOR) | is_operator)
rules.add_perm("lab.change_funding", runs_lab & is_not_archived)
rules.add_perm("lab.date_stages", runs_lab & is_not_archived)
rules.add_perm("lab.see_gate", is_on_team | is_operator)
rules.add_perm("lab.pass_gate", runs_lab & is_not_archived)
rules.add_perm("lab.archive", runs_lab)
rules.add_perm("lab.read_log", is_on_team | is_operator)
