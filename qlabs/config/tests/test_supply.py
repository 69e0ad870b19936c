"""What is installed is pinned with hashes, names no address, and is told with its licence."""

import re
import tomllib

import pytest

from qlabs.config import env

LOCKS = ["requirements.lock", "requirements-dev.lock"]


def entries(name):
    text = (env.ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_a_hash(name):
    wrong = [
        line
        for line in entries(name)
        if not re.match(r"[a-z0-9.\-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)
    ]
    assert wrong == []
    assert len(entries(name)) > 30


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_an_address(name):
    assert "://" not in (env.ROOT / name).read_text(encoding="utf-8")


def test_every_dependency_that_we_ask_for_has_its_reason():
    asked = tomllib.loads((env.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = asked["dependencies"] + [
        one for extra in asked["optional-dependencies"].values() for one in extra
    ]
    told = (env.ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    names = {re.match(r"[A-Za-z0-9\-]+", one).group().lower() for one in wanted}
    assert {name for name in names if name not in told} == set()
    assert len(names) > 15
