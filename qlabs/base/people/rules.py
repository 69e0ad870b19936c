"""Who may do what with people."""

import rules

_leads = []


def leads_when(function):
    """Let the lab app say, with `function(person)`, who leads a lab."""
    _leads.append(function)


@rules.predicate
def is_signed_in(person, subject=None):
    return person.is_authenticated


@rules.predicate
def is_operator(person, subject=None):
    return person.is_authenticated and person.is_active and person.is_operator


@rules.predicate
def leads_a_lab(person, subject=None):
    return person.is_authenticated and person.is_active and any(leads(person) for leads in _leads)


looks_after_members = is_operator | leads_a_lab

rules.add_perm("people.sign_in", rules.always_allow)
rules.add_perm("people.join", rules.always_allow)
rules.add_perm("people.answer_address", rules.always_allow)
rules.add_perm("people.profile", is_signed_in)
rules.add_perm("people.security", is_signed_in)
rules.add_perm("people.import", looks_after_members)
rules.add_perm("people.invite", looks_after_members)
rules.add_perm("people.members", is_operator)
rules.add_perm("people.manage", is_operator)
