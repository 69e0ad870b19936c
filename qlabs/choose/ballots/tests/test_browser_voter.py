"""The browser's part of the ballot gives the same bytes as the Python one."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from labengines.voting import credentials, voter

HERE = Path(__file__).parent
STATIC = HERE.parent / "static" / "ballots"
VECTOR = HERE.parents[3] / "labengines" / "voting" / "tests" / "rfc9474_a3.json"
SEED = bytes(range(16))
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed")


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    for module in STATIC.glob("*.js"):
        shutil.copy(module, folder)
    (folder / "package.json").write_text('{"type": "module"}')

    def ask(run, **question):
        answer = subprocess.run(
            [NODE, str(HERE / "browser_voter.mjs"), str(folder)],
            input=json.dumps({"run": run, **question}),
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        )
        return json.loads(answer.stdout)

    return ask


@pytest.fixture(scope="module")
def vector():
    return json.loads(VECTOR.read_text())


@pytest.fixture(scope="module")
def signer(vector):
    return credentials.PrivateKey.of_primes(int(vector["p"], 16), int(vector["q"], 16))


def jwk(signer):
    return {"n": f"{signer.n:x}", "e": "010001"}


def voting_key(scope):
    secret = voter.voting_seed(SEED, ballot="theme-1", scope=scope)
    return Ed25519PrivateKey.from_private_bytes(secret)


def signed_part(signer, scope):
    """(public key, blinded, signed, credential) of the seed, made in Python."""
    key = voting_key(scope).public_key().public_bytes_raw()
    blinded, inverse = voter.blind(SEED, ballot="theme-1", scope=scope, public=signer.public, key=key)
    signed = credentials.blind_sign(signer, blinded)
    credential = credentials.finalize(signer.public, key, signed, inverse)
    return key, blinded, signed, credential


def expected_line(signer, scope, *, counter, choice, **text):
    key, _, _, credential = signed_part(signer, scope)
    where, secret = {"ballot": "theme-1", "scope": scope}, voting_key(scope)
    signature = secret.sign(voter.ballot_message(**where, choice=choice, **text))
    counted = secret.sign(voter.counter_message(**where, counter=counter, signature=signature))
    return {
        "scope": scope,
        "key": key.hex(),
        "credential": credential.hex(),
        "signature": signature.hex(),
        "counter_signature": counted.hex(),
    }


def expected_vote(signer, *, counter, text):
    said = {"counter": counter, "choice": "t2"}
    lines = [
        expected_line(signer, scope, **said, **({"text": text} if scope == "reason" else {}))
        for scope in SCOPES
    ]
    return {**said, "text": text, "lines": lines}


def test_the_browser_reproduces_the_vectors_of_rfc_9474(browser, vector, signer):
    r = f"{pow(int(vector['inv'], 16), -1, signer.n):x}"
    question = {name: vector[name] for name in ("msg", "salt", "blind_sig")}

    answer = browser("rfc", **jwk(signer), **question, r=r)

    assert answer == {name: vector[name] for name in ("blinded_msg", "inv", "sig")}


@pytest.mark.parametrize(
    ("scope", "vote"),
    [
        ("choice", {"counter": 1, "choice": "t2"}),
        ("choice", {"counter": 41, "choice": ""}),
        ("nation:wales", {"counter": 2, "choice": "t2"}),
        ("reason", {"counter": 1, "choice": "t2", "text": "Gofal iechyd: ŵ, ✓\nLine two"}),
    ],
)
def test_browser_and_server_make_the_same_bytes(browser, signer, scope, vote):
    key, blinded, signed, _ = signed_part(signer, scope)
    where = {"seed": SEED.hex(), "ballot": "theme-1", "scope": scope}

    answer = browser("part", **where, **jwk(signer), signed=signed.hex(), vote=vote)

    assert answer == {
        "key": key.hex(),
        "blinded": blinded.hex(),
        "receipt": voter.receipt(key),
        "code": voter.change_code(SEED),
        "sent": expected_line(signer, scope, **vote),
    }


def test_the_browser_reads_change_codes_as_python_does(browser):
    good = voter.change_code(SEED)
    typed = good.lower().replace("-", " ").replace("0", "o").replace("1", "i")
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")

    answer = browser("seeds", codes=[good, typed, wrong, good[:-1], "", good.replace("0", "U")])

    assert answer == [SEED.hex(), SEED.hex(), "code", "code", "code", "code"]


SCOPES = ("choice", "nation:wales", "reason")


def cast(browser, signer, *, answers=(), reason="Because", refused=None, counter=1):
    parts = {scope: signed_part(signer, scope) for scope in SCOPES}
    signed = {scope: part[2].hex() for scope, part in parts.items()}
    body = {"error": refused} if refused else {"signed": signed}
    vote = {
        "ballot": "theme-1",
        "scopes": [{"scope": scope, **jwk(signer)} for scope in SCOPES],
        "seed": SEED.hex(),
        "counter": counter,
        "choice": "t2",
        "reason": reason,
    }
    answer = browser(
        "cast", vote=vote, signed={"status": 409 if refused else 200, "body": body}, answers=list(answers)
    )
    asked = {scope: part[1].hex() for scope, part in parts.items()}
    assert answer["log"][0] == {"blinded": asked}
    answer["log"] = [_in_order(sent) for sent in answer["log"][1:]]
    return answer


def _in_order(sent):
    """What was sent, without its padding and with its lines in order."""
    assert len(json.dumps(sent, ensure_ascii=False, separators=(",", ":")).encode()) == 16384
    lines = sorted(sent["lines"], key=lambda line: line["scope"])
    return {name: sent[name] for name in ("counter", "choice", "text")} | {"lines": lines}


@pytest.mark.parametrize("reason", [None, "", "Because", '"\\\n' * 650, "🙂" * 1000])
def test_one_vote_is_one_request_with_a_line_for_each_scope_and_one_length(browser, signer, reason):
    key = signed_part(signer, "choice")[0]

    assert cast(browser, signer, reason=reason) == {
        "done": {"receipt": voter.receipt(key), "counter": 1},
        "log": [expected_vote(signer, counter=1, text=reason or "")],
    }


def test_a_vote_changed_on_another_device_takes_the_next_number(browser, signer):
    stale = {"status": 409, "body": {"error": "stale", "counter": 7}}

    answer = cast(browser, signer, answers=[stale])

    assert answer["done"]["counter"] == 7
    assert answer["log"] == [expected_vote(signer, counter=counter, text="Because") for counter in (1, 7)]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ([{"status": 403, "body": {"error": "closed"}}], "closed"),
        ([{"status": 422, "body": {"error": "refused"}}], "refused"),
        ([{"status": 503, "body": {"error": "busy"}}], "busy"),
        ([{"status": 503, "body": None}], "busy"),
        ([{"status": 502, "body": None}], "network"),
        ([{"status": 409, "body": {"error": "stale", "counter": 6}}] * 2, "network"),
    ],
)
def test_a_refusal_becomes_a_sentence(browser, signer, answers, sentence):
    assert cast(browser, signer, answers=answers)["error"] == sentence


@pytest.mark.parametrize("refused", ["other-key", "key-of-another"])
def test_a_second_device_or_a_second_voter_is_told_so(browser, signer, refused):
    answer = cast(browser, signer, refused=refused)

    assert (answer["error"], answer["log"]) == (refused.replace("-", "_"), [])


def test_an_answer_that_is_no_signature_is_never_cast(browser, signer):
    _, _, signed, _ = signed_part(signer, "reason")
    where = {"seed": SEED.hex(), "ballot": "theme-1", "scope": "choice"}
    vote = {"counter": 1, "choice": "t2"}

    with pytest.raises(subprocess.CalledProcessError) as failed:
        browser("part", **where, **jwk(signer), signed=signed.hex(), vote=vote)

    assert "VoterError: problem" in failed.value.stderr


def test_lines_leave_in_an_order_that_chance_decides(browser, signer):
    parts = {scope: signed_part(signer, scope) for scope in SCOPES}
    signed = {"signed": {scope: part[2].hex() for scope, part in parts.items()}}
    vote = {
        "ballot": "theme-1",
        "scopes": [{"scope": scope, **jwk(signer)} for scope in SCOPES],
        "seed": SEED.hex(),
        "counter": 1,
        "choice": "t2",
        "reason": "Because",
    }
    orders = set()
    for _ in range(12):
        log = browser("cast", vote=vote, signed={"status": 200, "body": signed}, answers=[])["log"]
        orders.add(tuple(line["scope"] for line in log[1]["lines"]))

    assert len(orders) > 1  # chance alone fails this once in 360 million runs
