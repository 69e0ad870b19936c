"""What the malformed requests need of a scratch installation with the demo: who, where, and a line to its server."""

import http.client
import json
import re

from django.test import Client
from django.urls import reverse

from qlabs.across.demo.content import names
from qlabs.base.lab.models import Lab
from qlabs.base.people import links as invitations
from qlabs.base.people.models import Invitation, Person
from qlabs.choose.ballots import links
from qlabs.choose.ballots.models import Ballot

from .voters import GUARD

PATIENCE = 60
# Nothing is taken back here: acts after which little is left to aim at are asked by strangers only.
ENDS = re.compile(r"/(logout|sign-out-everywhere|close)/")
ROLES = {"member": names.MEMBER, "lead": names.LEAD, "operator": names.OPERATOR}


def tell():
    """Run inside the installation: prints sessions, and true values for the parts of addresses."""
    print(json.dumps({"sessions": _sessions(), "known": _known()}))  # noqa: T201 - the parent process reads it


def _sessions():
    found = {}
    for role, name in ROLES.items():
        client = Client()
        person = Person.objects.get(email=name.email)
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        found[role] = client.cookies["sessionid"].value
    return found


def _known():
    running = Ballot.objects.filter(state="open").first()
    entries = running.roll.select_related("person").order_by("pk")[:3]
    tokens = [links.token(entry, running) for entry in entries]
    tokens += [invitations.token(row) for row in Invitation.objects.all()[:3]]
    return {
        "slug": [running.lab.slug, *Lab.objects.values_list("slug", flat=True), "privacy", "choose"],
        "stage": ["choose"],
        "pk": [*[running.pk] * 4, *Ballot.objects.values_list("pk", flat=True), 1, 2, 3],
        "token": tokens,
        "position": [1, 2, 3],
        "name": [reverse("demo:mail")],
    }


class Line:
    """A connection that is opened anew when the server hangs up, as it may after a request that is no HTTP."""

    def __init__(self, port, sessions):
        self.sessions = sessions
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def send(self, ask):
        """The status, or 0 if twice no answer came."""
        for _try in range(2):
            try:
                return self._exchange(ask)[0]
            except (http.client.HTTPException, OSError):
                self.connection.close()
        return 0

    def page(self, ask):
        """The HTML that one request brings, or nothing."""
        status, kind, body = self._exchange(ask)
        return body.decode() if status == 200 and kind.startswith("text/html") else ""

    def _exchange(self, ask):
        path = f"{ask.path}?{ask.query}" if ask.query else ask.path
        self.connection.putrequest(ask.method, path, skip_host="Host" in ask.headers)
        for name, value in self._headers(ask).items():
            self.connection.putheader(name, value.encode("utf-8", "surrogatepass").replace(b"\x00", b"\xff"))
        self.connection.endheaders(ask.body or None)
        answer = self.connection.getresponse()
        return answer.status, answer.getheader("Content-Type", ""), answer.read()

    def _headers(self, ask):
        cookies = [f"csrftoken={GUARD}", ask.headers.get("Cookie", "")]
        if ask.role in self.sessions and not ENDS.search(ask.path):
            cookies.append(f"sessionid={self.sessions[ask.role]}")
        own = {"X-CSRFToken": GUARD, "Content-Length": str(len(ask.body)), "Content-Type": ask.content_type}
        return own | ask.headers | {"Cookie": "; ".join(filter(None, cookies))}
