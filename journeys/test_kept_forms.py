"""Every form there is, sent when its writer is no longer signed in: kept for her, but for codes, links and votes."""

import pytest
from django.urls import resolve, reverse

from journeys.role_matrix import expected
from journeys.world import read, undone
from qlabs.base.people import kept

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("role_matrix")]
OPENED = "/account/login/?next=/account/kept/"
# Signing in, proving who one is and answering a personal link are done anew.
NEVER = ("account_", "mfa_")
NOR = {
    "people:answer_address", "people:join", "people:no_thanks", "people:renew_my_links", "people:security",
    "people:sign_out_everywhere", "people:totp_qr",
}  # fmt: skip
VOTES = ("ballots:", "stations:")
TYPED = [["title", "canary"]]


def voters_pages():
    """Every page of a vote to which somebody can send a form who does not lead it: it may hold a choice."""
    cells = expected().items()
    sent = ((name, row["member"]) for (name, _case, method), row in cells if method == "POST")
    return {name for name, cell in sent if name.startswith(VOTES) and cell not in ("403", "404", "405")}


def sent_too_late(world):
    """(name of the url, answer, what was kept) of each form, as the lead's page would send it."""
    for (name, _case), kwargs in world.addresses().items():
        path = reverse(name, kwargs=kwargs)
        if "POST" not in resolve(path).func.door.methods:
            continue
        with undone():
            client = world.client("stranger")
            client.cookies["csrftoken"] = "x" * 32
            answer = client.post(path, {kept.FIELD: kept.mark(world.people["lead"]), "title": "canary"})
            read(answer)
            yield name, path, answer, next(iter(client.session.get(kept.KEY, [])), None)


def test_every_form_sent_too_late_is_kept_but_for_codes_links_and_votes(world):
    taken, lost, told, voters = set(), [], [], voters_pages()
    for name, path, answer, found in sent_too_late(world):
        if name.startswith(NEVER) or name in voters | NOR:
            told += [name] if found else []
        elif answer.status_code != 200 and not (name.startswith(VOTES) and found is None):
            taken.add(name)
            if getattr(answer, "url", "") != OPENED or (found["path"], found["fields"]) != (path, TYPED):
                lost.append((name, answer.status_code, getattr(answer, "url", "")))
    assert lost == []
    assert told == []
    assert {"ballots:ballot", "ballots:by_link"} <= voters
    assert {"ballots:new", "ballots:edit", "themes:propose", "story:write", "people:profile"} <= taken
