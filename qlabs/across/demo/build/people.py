"""The people of the demo: an operator, a team, and a community of members."""

from datetime import timedelta

from qlabs.across.demo.content import names, shape
from qlabs.across.demo.content.chance import drawn_from
from qlabs.across.demo.content.entries import on
from qlabs.base.people import actions, queries
from qlabs.base.people.models import Perspective

FIRST_JOINED, IMPORTED = on(2015, 6, 1), on(2016, 1, 3)
SOURCE, INVITED = "Membership database of Q, invented for the demo", 6
NATIONS = (("england", 80), ("scotland", 9), ("wales", 6), ("northern-ireland", 5))


def operator(*, at):
    """Somebody who looks after the installation."""
    name = names.OPERATOR
    return actions.invite_operator(name=name.name, email=name.email, at=at, is_invented=True).person


def lead(*, by, at):
    """The lead of the labs; a member of the community like many others."""
    profile = names.profile(drawn_from(1), nation="england", perspective="qi")
    return _invited({"name": names.LEAD.name, "email": names.LEAD.email, **profile}, by=by, at=at)


def guest(name, role, *, lab, by, at):
    """Somebody on a lab's team who is not a member; takes up the invitation at once."""
    invitation = actions.invite_guest(
        lab=lab, name=name.name, email=name.email, role=role, by=by, at=at, is_invented=True
    )
    return actions.accept_invitation(invitation=invitation, at=at).person


def pilot_members(*, lead, by):
    """(voters, others): 447 members with the lead; a voter is (person, number of the theme she will choose).

    A few accepted an invitation, as the lead did; all others are on a list that the operator imported.
    """
    rng = drawn_from(447)
    groups = shape.others(rng)
    groups.remove((lead.nation, lead.perspective))
    wanted = [(*group, None) for group in groups] + list(shape.votes(rng))
    cast = [names.MEMBER, *map(names.person, range(len(wanted) - 1))]
    rows = [_row(name, rng, nation, side) for name, (nation, side, _theme) in zip(cast, wanted, strict=True)]
    for row in rows[:INVITED]:
        _invited(row, by=by, at=FIRST_JOINED + timedelta(days=7))
    _listed(rows[INVITED:], by=by, at=IMPORTED, source=SOURCE)
    for invitation in queries.open_invitations().exclude(person=by):
        actions.accept_invitation(invitation=invitation, at=IMPORTED + timedelta(days=7))
    found = queries.known_emails([name.email for name in cast])
    people = [(found[name.email], theme) for name, (*_group, theme) in zip(cast, wanted, strict=True)]
    voters = [(person, theme) for person, theme in people if theme is not None]
    return voters, [lead, *(person for person, theme in people if theme is None)]


def many_members(count, *, by, at):
    """A big community, by way of the import."""
    rng = drawn_from(count)
    cast = [names.MEMBER, *map(names.person, range(count - 1))]
    rows = [_row(name, rng, _nation(rng), rng.choice(Perspective.values)) for name in cast]
    _listed(rows, by=by, at=at, source="Many invented members")


def _invited(row, *, by, at):
    """A member who accepts an invitation at once."""
    invitation = actions.invite_member(**row, by=by, at=at, is_invented=True)
    return actions.accept_invitation(invitation=invitation, at=at).person


def _listed(rows, *, by, at, source):
    """Members on an imported list."""
    read = {"filename": "members.csv", "headings": list(rows[0]), "rows": rows, "refused": [], "known": 0}
    imported = actions.keep_import(source=source, by=by, at=at, **read)
    actions.confirm_import(imported=imported, typed=len(rows), by=by, at=at, is_invented=True)


def _nation(rng):
    [nation] = rng.choices([key for key, _share in NATIONS], [share for _key, share in NATIONS])
    return nation


def _row(name, rng, nation, perspective):
    profile = names.profile(rng, nation=nation, perspective=perspective)
    return {"name": name.name, "email": name.email, **profile}
