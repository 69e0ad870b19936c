"""Who may do what with people."""

import rules

from . import kept


@rules.predicate
def is_signed_in(person, subject=None):
    return person.is_authenticated


@rules.predicate
def is_operator(person, subject=None):
    return person.is_authenticated and person.is_active and person.is_operator


MEMBERS = ("people.members", "people.manage", "people.import", "people.invite")
kept.only("people", "people.profile", "people.join_community", *MEMBERS)  # never a code or a personal link
rules.add_perm("people.sign_in", rules.always_allow)
rules.add_perm("people.join", rules.always_allow)
rules.add_perm("people.answer_address", rules.always_allow)
rules.add_perm("people.decline", rules.always_allow)
rules.add_perm("people.profile", is_signed_in)
rules.add_perm("people.join_community", is_signed_in)
rules.add_perm("people.security", is_signed_in)
rules.add_perm("people.import", is_operator)
rules.add_perm("people.invite", is_operator)
rules.add_perm("people.members", is_operator)
rules.add_perm("people.manage", is_operator)
