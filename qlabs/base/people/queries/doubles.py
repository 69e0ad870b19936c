"""People who may be here twice: the same name in the same organisation, or the same address written otherwise."""

from qlabs.base.core.search import fold

from ..models import Person


def possible_doubles(people):
    """[[Person, ...]] of people who may be the same one, each by number; everybody is in one group at most."""
    group_of, holder = {}, {}
    for person in people:
        marks = (_name(person), _address(person.email))
        met = {id(group_of[holder[mark]]): group_of[holder[mark]] for mark in marks if mark in holder}
        group = [*(one for other in met.values() for one in other), person]
        group_of |= {one.pk: group for one in group}
        holder |= dict.fromkeys(marks, person.pk)
    groups = {id(group): group for group in group_of.values() if len(group) > 1}
    return [sorted(group, key=lambda one: one.pk) for group in groups.values()]


def doubles_among_members():
    """The same of all members of the community."""
    members = Person.objects.filter(is_active=True, joined_at__isnull=False)
    return possible_doubles(members.select_related("organisation").order_by("pk"))


def _name(person):
    return fold(person.name).replace(" ", ""), person.organisation_id


def _address(email):
    """An address without what many providers ignore: dots, and all after a plus sign."""
    local, _at, domain = email.partition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"
