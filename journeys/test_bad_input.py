"""10,000 requests that no browser of good will sends: no error of ours."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse

from journeys.world import read, undone
from qlabs.across.operate.proofs import malformed
from qlabs.choose.ballots.models import Ballot

REQUESTS, PARTS = 10_000, 10

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("bad_input")]


@pytest.fixture(scope="module")
def junk_town(world):
    """The real forms, as the lead and the operator see them, and true values for the addresses."""
    pages = {reverse(name, kwargs=kwargs) for (name, _case), kwargs in world.addresses().items()}

    def get(path):
        answers = [world.client(role).get(path) for role in ("stranger", "lead", "operator")]
        texts = [(read(answer), answer) for answer in answers]
        return "".join(text.decode() for text, answer in texts if _is_page(answer))

    known = {
        "slug": ["open-lab", "closed-lab", "privacy", "choose"],
        "stage": ["choose"],
        "pk": [
            ballot.pk for state in ("open", "") for ballot in Ballot.objects.filter(state__startswith=state)
        ],
        "token": [
            kwargs["token"] for _case, kwargs in world.shared["ballots:by_link"] + world.shared["people:join"]
        ],
        "position": [1, world.open.rows["event"]],
    }
    with undone():
        return malformed.look_around(get, known=known, pages=sorted(pages))


def _is_page(answer):
    return answer.headers.get("Content-Type", "").startswith("text/html")


def sender(world):
    """A function that sends one request in process and gives back the status."""

    def send(ask):
        extra = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in ask.headers.items()}
        client = world.client(ask.role)
        if cookies := extra.pop("HTTP_COOKIE", ""):
            extra["HTTP_COOKIE"] = cookies + "; " + client.cookies.output(header="", sep=";")
        path = f"{ask.path}?{ask.query}" if ask.query else ask.path
        answer = client.generic(ask.method, path, ask.body, ask.content_type, **extra)
        read(answer)
        return answer.status_code

    return send


def test_the_forms_were_found(junk_town):
    fields = {name for names in junk_town.forms.values() for name in names}
    wanted = "login file picture question choice text funder perspective link-1"
    assert set(wanted.split()) <= fields
    assert len(junk_town.routes) > 80


@pytest.mark.parametrize("seed", range(PARTS))
def test_no_malformed_request_breaks_anything(world, junk_town, seed):
    cache.clear()
    with undone():
        outcome = malformed.run(REQUESTS // PARTS, seed, send=sender(world), town=junk_town)
    assert [(status, short(ask)) for status, ask in outcome.wrong] == []
    assert {200, 302, 400, 403, 404, 405} <= set(outcome.statuses)


def short(ask):
    address, kind = f"{ask.path[:90]} ?{ask.query[:90]}", ask.content_type[:40]
    return f"{ask.role} {ask.method} {address} {ask.headers} {kind} {ask.body[:200]}"


def test_the_same_seed_makes_the_same_requests(junk_town):
    first, again = (list(malformed.requests(50, 7, town=junk_town)) for _twice in range(2))
    assert first == again


# Found by these requests -----------------------------------------------------


@pytest.mark.parametrize("credential", ["0", "false", "-0.0", "null", "{}", "1", '"a"', "[1]", '{"id": 1}'])
def test_no_second_factor_is_made_of_junk(world, credential):
    with undone():
        client = world.client("lead")
        assert client.get("/account/2fa/webauthn/add/").status_code == 200
        facts = {"name": "Mine", "credential": credential}
        assert client.post("/account/2fa/webauthn/add/", facts).status_code == 200
        assert not Authenticator.objects.filter(user=world.people["lead"]).exists()


@pytest.mark.parametrize(
    "credential", ["0", '{"id": 1}', '{"rawId": "a", "response": 7}', '{"response": {"userHandle": 1}}']
)
def test_nobody_signs_in_with_junk_for_a_passkey(world, credential):
    with undone():
        answer = world.client("stranger").post("/account/2fa/webauthn/login/", {"credential": credential})
        assert (answer.status_code, answer.url) == (302, "/account/login/")
