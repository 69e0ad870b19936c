"""A list that is fixed first and drawn from later, by us and by a stranger's script."""

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from labengines.lottery import chances, commit, draw, errors, leximin, read_list
from labengines.lottery.tests.pools import keeps, pool_of, quotas_of

SCRIPT = Path(__file__).parents[3] / "scripts" / "redraw.py"
ROWS = [(sex, age, f"h{number // 2}") for number, (sex, age) in enumerate(["fx", "mx", "fy", "my", "fx"] * 5)]
POOL = pool_of(*ROWS, traits=("sex", "age", "home"))
QUOTAS = quotas_of(sex=(("f", 3, 4), ("m", 2, 3)), age=(("x", 3, 4), ("y", 2, 3)))
FOUND = leximin(POOL, QUOTAS, 6, one_per="home")
SEED = "4 17 23 31 40 8"


def listed(seed=7, length=1000):
    return commit(FOUND, np.random.default_rng(seed), length=length)


def test_every_panel_of_the_list_keeps_the_rules():
    by_id = {person.id: person for person in POOL}
    for panel in listed().panels:
        assert len(set(panel)) == 6
        assert keeps([by_id[person] for person in panel], QUOTAS, "home")


def test_chances_in_the_list_are_those_of_the_lottery_but_for_the_rounding_it_states():
    found = listed()
    largest = max(abs(chances(found)[person] - chance) for person, chance in FOUND.chances.items())
    assert largest == pytest.approx(found.rounding)
    assert found.rounding < 0.003
    assert listed(length=7).rounding > 0.01


def test_the_hash_is_that_of_the_published_bytes():
    found = listed()
    assert found.sha256 == hashlib.sha256(found.text.encode()).hexdigest()
    again = read_list(found.text)
    assert (again.panels, again.chances, again.sha256) == (found.panels, found.chances, found.sha256)


def test_the_number_is_the_hash_of_list_and_seed():
    found = listed()
    digest = hashlib.sha256(f"{found.sha256}\n{SEED}".encode()).hexdigest()
    drawn = draw(found, f" {SEED}\n")
    assert drawn.number == int(digest, 16) % 1000 + 1
    assert drawn.panel == found.panels[drawn.number - 1]


def test_a_list_needs_a_panel():
    with pytest.raises(errors.ListLengthOutOfRange):
        listed(length=0)


@pytest.mark.parametrize("text", ["[]", "{}", '{"panels": 3, "people": []}', "no"])
def test_other_files_are_no_lists(text):
    with pytest.raises(ValueError):
        read_list(text)


def redraw(*arguments):
    done = subprocess.run(
        [sys.executable, "-I", SCRIPT, *arguments], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


@pytest.fixture
def published(tmp_path):
    path = tmp_path / "panels.json"
    path.write_text(listed().text, encoding="utf-8")
    people = [f"{person.id},{','.join(person.traits.values())}" for person in POOL]
    (tmp_path / "respondents.csv").write_text("\n".join(["id,sex,age,home", *people]))
    quotas = [f"{quota.trait},{quota.value},{quota.least},{quota.most}" for quota in QUOTAS]
    (tmp_path / "categories.csv").write_text("\n".join(["feature,value,min,max", *quotas]))
    return path


def test_the_script_draws_what_we_draw(published):
    found = listed()
    status, said = redraw(published, SEED, "--sha256", found.sha256, "--person", "p1",
                          "--respondents", published.parent / "respondents.csv",
                          "--categories", published.parent / "categories.csv", "--one-per", "home")  # fmt: skip
    drawn = draw(found, SEED)
    assert status == 0
    assert "\n".join([f"number drawn: {drawn.number}", *drawn.panel, "all is well"]) in said
    assert f"p1 is in {found.chances['p1'][0]} of 1,000 panels" in said


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('["p', '["p1", "p', "is not 6 different people of the pool"),
        ('"people": ["p1", ', '"people": ["p1", "p1", ', "somebody stands twice"),
        ('"size": 6', '"size":  6', "not the one that was promised"),
    ],
)
def test_the_script_sees_a_list_that_was_changed(published, was, becomes, said):
    published.write_text(published.read_text().replace(was, becomes))
    status, out = redraw(published, SEED, "--sha256", listed().sha256)
    assert status == 1
    assert said in out


def test_the_script_sees_a_panel_that_breaks_a_quota(published):
    tight = published.parent / "categories.csv"
    tight.write_text(tight.read_text().replace("f,3,4", "f,3,3"))
    status, out = redraw(published, SEED, "--respondents", published.parent / "respondents.csv",
                         "--categories", tight)  # fmt: skip
    assert status == 1
    assert "has 4 with sex f" in out


def test_the_script_needs_a_list(tmp_path):
    (tmp_path / "other.json").write_text("{}")
    assert redraw(tmp_path / "other.json", SEED)[0] == 2
