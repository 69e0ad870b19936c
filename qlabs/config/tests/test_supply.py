"""What is installed is pinned with hashes, names no address, and is told with its licence."""

import re
import tomllib
from itertools import pairwise

import pytest

from qlabs.config import env

LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock"]


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


@pytest.mark.parametrize(("smaller", "larger"), pairwise(LOCKS))
def test_an_environment_that_serves_a_smaller_one_holds_it_whole(smaller, larger):
    assert set(entries(smaller)) - set(entries(larger)) == set()


def test_every_dependency_that_we_ask_for_has_its_reason():
    project = tomllib.loads((env.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["project"]
    groups = [*asked["optional-dependencies"].values(), project["dependency-groups"]["bench"]]
    wanted = asked["dependencies"] + [one for group in groups for one in group]
    told = (env.ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    names = {re.match(r"[A-Za-z0-9\-]+", one).group().lower() for one in wanted}
    assert {name for name in names if name not in told} == set()
    assert len(names) > 15
