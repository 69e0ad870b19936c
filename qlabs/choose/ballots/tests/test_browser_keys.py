"""The browser finds the same fingerprint of a vote's keys as Python does."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from labengines.voting import fingerprints
from labengines.voting.credentials import PublicKey

HERE = Path(__file__).parent
NODE = shutil.which("node")
SCOPES = ("choice", "nation:", "nation:wales", "nation:england", "perspective:carer", "reason")

pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed")


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    for module in (HERE.parent / "static" / "ballots").glob("*.js"):
        shutil.copy(module, folder)
    (folder / "package.json").write_text('{"type": "module"}')

    def ask(questions):
        command = [NODE, str(HERE / "browser_keys.mjs"), str(folder)]
        answer = subprocess.run(
            command, input=json.dumps(questions), capture_output=True, text=True, check=True
        )
        return json.loads(answer.stdout)

    return ask


def random_keys(rng):
    """{scope: PublicKey} of any length, in any order."""
    scopes = rng.sample(SCOPES, rng.randrange(1, len(SCOPES) + 1))
    return {scope: PublicKey(rng.getrandbits(8 * rng.randrange(3, 400)) | 1, 65537) for scope in scopes}


def handed_out(key):
    whole = f"{key.n:x}"
    return {"n": whole.zfill(len(whole) + len(whole) % 2), "e": f"{key.e:06x}"}


def question(keys, rng):
    """The keys as a page hands them out: some of them whole, of the others the hash."""
    mine = set(rng.sample(sorted(keys), rng.randrange(1, len(keys) + 1)))
    scopes = [{"scope": scope, **handed_out(keys[scope])} for scope in sorted(mine)]
    others = {scope: fingerprints.key_hash(key) for scope, key in keys.items() if scope not in mine}
    return {"ballot": "theme-1", "scopes": scopes, "others": others}


def test_both_find_the_same_fingerprint_and_code_of_random_keys(browser):
    rng = random.Random(9)
    asked = [random_keys(rng) for _ in range(200)]
    whole = [
        fingerprints.fingerprint(
            "theme-1", {scope: fingerprints.key_hash(key) for scope, key in keys.items()}
        )
        for keys in asked
    ]
    assert browser([question(keys, rng) for keys in asked]) == [
        [one, fingerprints.check_code(one)] for one in whole
    ]


def test_a_scope_that_stands_on_the_page_twice_has_no_fingerprint(browser):
    rng = random.Random(1)
    one = question({"choice": PublicKey(5, 3)}, rng)
    doubled = {**one, "scopes": one["scopes"] * 2}
    also_hashed = {**one, "others": {"choice": "0" * 64}}
    assert browser([doubled, also_hashed]) == [None, None]
