"""Signing in by code, as the tests of several files do it."""

import json

from django_tasks_db.models import DBTaskResult

from qlabs.base.core import seals
from qlabs.base.people import letters

LOGIN, CONFIRM = "/account/login/", "/account/login/code/confirm/"


def ask(client, email, **extra):
    return client.post(LOGIN, {"login": email}, **extra)


def sent_code():
    """The code that the newest task would send to whoever has the address."""
    row = DBTaskResult.objects.filter(task_path__endswith="sign_in_code").latest("enqueued_at")
    return json.loads(seals.unseal(letters.ASKED, row.args_kwargs["args"][0]))["code"]


def sign_in(client, email):
    ask(client, email)
    return client.post(CONFIRM, {"code": sent_code()})


def wrong(client, email):
    return client.post(CONFIRM, {"code": "WRONG"})


def passkey(client, email):
    return client.post("/account/2fa/webauthn/login/", {"credential": "{}"})
