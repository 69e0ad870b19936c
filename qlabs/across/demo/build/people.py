"""The people of the demo: an operator, a team, and a community of members."""

from datetime import timedelta

from qlabs.across.demo.content import names, shape
from qlabs.across.demo.content.chance import drawn_from
from qlabs.across.demo.content.entries import on
from qlabs.base.people import actions
from qlabs.base.people.models import Perspective

FIRST_JOINED, LAST_JOINED = on(2015, 6, 1), on(2016, 11, 30)
NATIONS = (("england", 80), ("scotland", 9), ("wales", 6), ("northern-ireland", 5))


def operator(*, at):
    """Somebody who looks after the installation."""
    name = names.OPERATOR
    return actions.invite_operator(name=name.name, email=name.email, at=at, is_invented=True).person


def lead(*, by, at):
    """The lead of the labs; a member of the community like many others."""
    profile = names.profile(drawn_from(1), nation="england", perspective="qi")
    return _member(names.LEAD, profile, by=by, at=at)


def guest(name, role, *, lab, by, at):
    """Somebody on a lab's team who is not a member; takes up the invitation at once."""
    invitation = actions.invite_guest(
        lab=lab, name=name.name, email=name.email, role=role, by=by, at=at, is_invented=True
    )
    return actions.accept_invitation(invitation=invitation, at=at).person


def pilot_members(*, lead, by):
    """(voters, others): 447 members with the lead; a voter is (person, number of the theme she will choose)."""
    rng = drawn_from(447)
    groups = shape.others(rng)
    groups.remove((lead.nation, lead.perspective))
    joined = sorted(_moment(rng) for _person in range(shape.VOTES + len(groups)))
    rng.shuffle(joined)
    cast = [names.MEMBER, *map(names.person, range(shape.ROLL))]
    others = [_from_group(cast.pop(0), group, rng, by=by, at=joined.pop()) for group in groups]
    voters = [
        (_from_group(cast.pop(0), group, rng, by=by, at=joined.pop()), theme)
        for *group, theme in shape.votes(rng)
    ]
    return voters, [lead, *others]


def many_members(count, *, by, at):
    """A big community, by way of the import."""
    rng = drawn_from(count)
    rows = [_row(name, rng) for name in [names.MEMBER, *map(names.person, range(count - 1))]]
    known = {"rows": rows, "refused": [], "known": 0}
    imported = actions.keep_import(filename="members.csv", headings=list(rows[0]), by=by, at=at, **known)
    actions.confirm_import(imported=imported, by=by, at=at, is_invented=True)


def _from_group(name, group, rng, *, by, at):
    nation, perspective = group
    return _member(name, names.profile(rng, nation=nation, perspective=perspective), by=by, at=at)


def _member(name, profile, *, by, at):
    return actions.add_member(name=name.name, email=name.email, by=by, at=at, is_invented=True, **profile)


def _moment(rng):
    return FIRST_JOINED + timedelta(
        minutes=rng.randrange(int((LAST_JOINED - FIRST_JOINED).total_seconds() // 60))
    )


def _row(name, rng):
    [nation] = rng.choices([key for key, _share in NATIONS], [share for _key, share in NATIONS])
    profile = names.profile(rng, nation=nation, perspective=rng.choice(Perspective.values))
    return {"name": name.name, "email": name.email, **profile}
