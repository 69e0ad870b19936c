"""Run inside an installation with the demo: prints who is signed in how, and the address of every page type."""

import json

from django.test import Client
from django.urls import reverse

from qlabs.across.demo.content import names
from qlabs.base.people.models import Person
from qlabs.choose.ballots import links
from qlabs.choose.ballots.models import Ballot

ANYONE, MEMBER, LEAD, OPERATOR = "anyone", "member", "lead", "operator"


def sessions():
    """{role: session key} of the people that the demo names."""

    found = {}
    for role, name in ((MEMBER, names.MEMBER), (LEAD, names.LEAD), (OPERATOR, names.OPERATOR)):
        client = Client()
        client.force_login(
            Person.objects.get(email=name.email),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        found[role] = client.cookies["sessionid"].value
    return found


def pages():
    """(role, name, path) of every page type."""
    yield from _fixed()
    done, running = _ballot("declared"), _ballot("open")
    for ballot in (done, running):
        yield from _lab(ballot.lab.slug)
    yield from _themes(done.lab)
    yield from _story(done.lab)
    yield from _votes(done, running)


def _fixed():
    yield from (
        (ANYONE, "home", "/"), (ANYONE, "labs", "/labs/"), (ANYONE, "sign-in", "/account/login/"),
        (ANYONE, "secret-votes", "/about/secret-votes/"), (ANYONE, "privacy", "/about/privacy/"),
        (ANYONE, "accessibility", "/about/accessibility/"), (ANYONE, "glossary", "/about/glossary/"),
        (ANYONE, "not-found", "/nothing/here/"), (ANYONE, "gallery", "/ui/"), (ANYONE, "demo-mail", "/demo/mail/"),
        (MEMBER, "home", "/"), (MEMBER, "waiting", "/waiting/"), (MEMBER, "profile", "/account/profile/"),
        (MEMBER, "security", "/account/security/"), (MEMBER, "my-votes", "/account/votes/"),
        (MEMBER, "refused", "/people/"), (LEAD, "home", "/"), (LEAD, "waiting", "/waiting/"),
        (LEAD, "new-lab", "/labs/new/"), (OPERATOR, "import", "/people/import/"), (OPERATOR, "home", "/"),
        (OPERATOR, "invitations", "/people/invitations/"), (OPERATOR, "invite", "/people/invite/"),
        (LEAD, "lab-invitations", "/labs/pilot/invitations/"), (LEAD, "invite-list", "/labs/pilot/invitations/list/"),
        (OPERATOR, "members", "/people/"),
        (OPERATOR, "tasks", "/operator/tasks/"), (OPERATOR, "security", "/account/security/"),
    )  # fmt: skip

    yield OPERATOR, "person", f"/people/{Person.objects.exclude(joined_at=None).first().pk}/"


def _lab(slug):
    here = f"/labs/{slug}/"
    yield from ((role, f"lab-{slug}", here) for role in (ANYONE, MEMBER, LEAD))
    for name in ("settings", "team", "funding", "stages", "stages/choose", "gates/choose", "archive", "log"):
        yield LEAD, f"lab-{slug}-{name.replace('/', '-')}", f"{here}{name}/"


def _themes(lab):
    here = f"/labs/{lab.slug}/themes/"
    theme = lab.themes.exclude(submitted_at=None).order_by("-state").first()
    yield ANYONE, "themes", here
    yield from ((role, "theme", f"{here}{theme.pk}/") for role in (ANYONE, MEMBER, LEAD))


def _story(lab):
    here = f"/labs/{lab.slug}/story/"
    entry = lab.story.filter(pictures__isnull=False).first() or lab.story.first()
    yield ANYONE, "story", here
    yield ANYONE, "story-embed", f"{here}embed/"
    yield LEAD, "story-write", f"{here}write/"
    if entry:
        yield ANYONE, "story-entry", f"{here}{entry.pk}/"


def _votes(done, running):
    here = f"/labs/{done.lab.slug}/ballots/"
    yield ANYONE, "votes", here
    yield ANYONE, "result", f"{here}{done.pk}/"
    yield ANYONE, "receipts", f"{here}{done.pk}/receipts/"
    yield LEAD, "reasons", f"{here}{done.pk}/reasons/"
    there = f"/labs/{running.lab.slug}/ballots/"
    yield from ((role, "vote", f"{there}{running.pk}/") for role in (ANYONE, MEMBER))
    yield MEMBER, "propose", f"/labs/{running.lab.slug}/themes/propose/"
    for name in ("status", "roll", "close"):
        yield LEAD, f"vote-{name}", f"{there}{running.pk}/{name}/"
    yield LEAD, "vote-new", f"{there}new/"
    yield ANYONE, "vote-link", _link(running)


def _link(ballot):

    return reverse("ballots:by_link", args=[links.token(ballot.roll.order_by("pk").first(), ballot)])


def _ballot(state):

    return Ballot.objects.filter(state=state).select_related("lab").order_by("pk").first()


def tell():
    print(json.dumps({"sessions": sessions(), "pages": list(pages())}))  # noqa: T201 - the parent process reads it
