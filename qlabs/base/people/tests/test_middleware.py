import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from qlabs.base.lab.models import Lab, Membership
from qlabs.base.people import adapter, middleware
from qlabs.base.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def lead():
    person = PersonFactory(member=True)
    Membership.objects.create(lab=Lab.objects.create(slug="a", title="A"), person=person, role="lead")
    return person


@pytest.mark.parametrize(
    ("method", "path", "took", "waits"),
    [
        ("post", "/account/login/", 0.0125, 0.0375),
        ("post", "/account/login/", 0.0625, 0.0375),
        ("get", "/account/login/", 0.0125, 0.0375),
        ("get", "/account/login/code/confirm/", 0.0125, 0.0375),
        ("post", "/account/login/code/confirm/", 0.0125, 0.0375),
        ("post", "/account/2fa/webauthn/login/", 0.0125, 0.0375),
        ("get", "/account/profile/", 0.0125, None),
        ("post", "/account/logout/", 0.0125, None),
    ],
)
def test_every_answer_before_sign_in_waits_for_the_beat(rf, monkeypatch, method, path, took, waits):
    now, waited = [100.0], []
    monkeypatch.setattr(middleware, "BEAT", 0.05)
    monkeypatch.setattr(middleware.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(middleware.time, "sleep", waited.append)

    def page(request):
        now[0] += took
        return "answer"

    assert middleware.even_answers(page)(getattr(rf, method)(path)) == "answer"
    assert waited == ([] if waits is None else [pytest.approx(waits)])


@pytest.mark.parametrize("make", [lead, lambda: PersonFactory(operator=True)])
def test_operators_and_leads_set_up_a_second_factor_first(client_as, make):
    client = client_as(make())
    answer = client.get("/account/profile/")
    assert (answer.status_code, answer.url) == (302, "/account/security/")


@pytest.mark.parametrize(
    "path",
    ["/account/security/", "/account/2fa/totp/activate/", "/account/2fa/webauthn/add/", "/account/logout/"],
)
def test_the_pages_for_setting_one_up_stay_open(client_as, path):
    assert client_as(PersonFactory(operator=True)).get(path).status_code == 200


def test_with_a_second_factor_every_page_opens(client_as):
    person = PersonFactory(operator=True)
    TOTP.activate(person, generate_totp_secret())
    assert client_as(person).get("/people/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client_as):
    person = PersonFactory(operator=True)
    RecoveryCodes.activate(person)
    assert client_as(person).get("/people/").url == "/account/security/"


@pytest.mark.parametrize("required", [True, False])
def test_every_page_about_second_factors_opens_for_somebody_who_just_proved_who_they_are(
    client_as, settings, required
):
    settings.SECOND_FACTOR_REQUIRED = required
    person = PersonFactory(operator=True)
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    client = client_as(person)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    pages = (
        "totp/deactivate/",
        "recovery-codes/",
        "recovery-codes/generate/",
        "recovery-codes/download/",
        "webauthn/add/",
        "reauthenticate/",
    )
    assert [client.get(f"/account/2fa/{page}").status_code for page in pages] == [200] * len(pages)


def test_members_and_strangers_are_not_asked(client_as, client):
    assert client.get("/account/login/").status_code == 200
    assert client_as(PersonFactory(member=True)).get("/account/profile/").status_code == 200


def test_nobody_is_asked_where_the_installation_does_not(client_as, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert client_as(PersonFactory(operator=True)).get("/people/").status_code == 200


def test_the_last_second_factor_of_an_operator_stays():
    person = PersonFactory(operator=True)
    app = TOTP.activate(person, generate_totp_secret()).instance
    assert not adapter.SecondFactor().can_delete_authenticator(app)
    Authenticator.objects.create(user=person, type="webauthn", data={})
    assert adapter.SecondFactor().can_delete_authenticator(app)


def test_the_key_of_an_app_is_not_readable_in_the_database(settings):
    secret = generate_totp_secret()
    kept = TOTP.activate(PersonFactory(), secret).instance.data["secret"]
    assert secret not in kept
    assert adapter.SecondFactor().decrypt(kept) == secret
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a newer key", [settings.SECRET_KEY]
    assert adapter.SecondFactor().decrypt(kept) == secret
