"""Asking for a sign-in code. Nothing here looks a person up: what is done cannot tell whether there is one."""

import json

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import stash_login
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController

from qlabs.base.core import seals, tasks

from . import letters, throttle

KEEP_SESSION = 60 * 60


def ask(request, email):
    """Keep a code in this session, whoever has the address, and let a task find out whom to write to."""
    login = Login(email=email)
    login.state["stages"] = {"current": LoginByCodeStage.key}
    stage = LoginByCodeStage(LoginStageController(request, login), request, login)
    code = get_adapter().generate_login_code()
    stage.state.update(LoginCodeVerificationProcess.initial_state(user=None, email=email))
    stage.state.update(initiated_by_user=True, code=code)
    stash_login(request, login)
    request.session.set_expiry(KEEP_SESSION)
    asked = {"email": email, "code": code, "answer_stranger": throttle.may_write_to_stranger(request)}
    tasks.later(letters.sign_in_code, seals.seal(letters.ASKED, json.dumps(asked)))
