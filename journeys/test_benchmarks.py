"""Each benchmark at its smallest, so that none rots. No time is judged."""

import functools
import sqlite3
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.db import connection
from django.utils import timezone

from benchmarks import burst, charts, counts, databases, lottery, pages, rules, signing, uploads, votes
from benchmarks.installation import inside
from qlabs.across.demo.build import scenes as demo
from qlabs.across.operate.management.commands.proof_scene import told
from qlabs.across.operate.proofs.installation import Installation
from qlabs.choose.ballots.models import Ballot, RollEntry

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "postgresql", reason="copies the test database as a file"),
]
PAGES = [
    ("home", "stranger"),
    ("labs", "stranger"),
    ("lab home", "stranger"),
    ("lab home", "lead"),
    ("themes", "member"),
    ("theme", "member"),
    ("story", "stranger"),
    ("vote page", "member"),
    ("result", "stranger"),
    ("members", "operator"),
    ("waiting", "member"),
]


@pytest.fixture
def small_demo(monkeypatch):
    """One RSA key stands for all thirty, as making them takes longest."""
    monkeypatch.setattr(rsa, "generate_private_key", functools.cache(rsa.generate_private_key))
    demo.many(members=40, labs=2, at=timezone.now(), say=lambda words: None)


@pytest.fixture
def scene(small_demo):
    from benchmarks.scenes import burst_scene  # noqa: PLC0415 - asks for the settings

    return burst_scene(proposers=2)


@pytest.fixture
def place(scene, tmp_path, settings):
    """A running server on a copy of the test database."""
    installation = Installation(tmp_path)
    installation.environment["QLABS_SECRET_KEY"] = settings.SECRET_KEY
    connection.ensure_connection()
    with closing(sqlite3.connect(tmp_path / "qlabs.sqlite3")) as copy:
        connection.connection.backup(copy)
    installation.serve()
    yield installation
    installation.stop()


def told_of_open_vote():
    """What the browsers of those who have not voted yet learn."""
    ballot = Ballot.objects.get(state="open")
    silent = set(RollEntry.objects.filter(ballot=ballot, has_key=False).values_list("pk", flat=True))
    facts = told(ballot)
    return facts | {"voters": [voter for voter in facts["voters"] if voter["entry"] in silent]}


def test_votes_and_the_last_minute_are_measured(place, scene):
    database = databases.Database("SQLite")
    size = {"voters": 2, "rounds": 1, "seconds": 0.1, "connections": (3,)}
    whole, single = votes.measured(place, {"small": told_of_open_vote()}, database, **size)
    assert [row[:2] for row in whole.rows] == [("small (2 requests)", "3")]
    assert "Refused or broken: 0." in whole.text()
    assert [row[0] for row in single.rows] == ["sign", "cast", "bare (/robots.txt)"]
    answers = burst.measured(place, scene, readers=2, seconds=1, pause=0.3)
    table = burst.table_of(answers, scene, inside(place, "proposed"), readers=2, seconds=1)
    assert table.notes[0].startswith("Lost: 0. Doubled: 0. Refused or broken: 0.")


def test_hostile_files_are_measured(place, scene):
    sent = ("laughs.xlsx", "wordy.png")
    table = uploads.measured(place, inside(place, "upload_scene"), readers=2, seconds=0.5, sent=sent)
    assert [(row[0], row[-1]) for row in table.rows] == [("nothing is sent", "0"), (", ".join(sent), "0")]
    assert table.notes != ["Files answered: 0."]


def test_every_main_page_is_measured(small_demo):
    from benchmarks.scenes import measure_pages  # noqa: PLC0415 - asks for the settings

    table = pages.table_of(measure_pages(times=1))
    assert [row[:2] for row in table.rows] == PAGES


def test_counting_and_signing_are_measured():
    engine, script = counts.tables(sizes=(10, 20), files=(3,), times=1)
    assert [row[0] for row in engine.rows] == ["10", "20"]
    assert [(row[0], row[-1]) for row in script.rows] == [("3", "all is well")]
    assert [table.rows[-1][0] for table in signing.tables(times=2)] == ["Python alone", "Python alone"]


def test_rules_are_measured_and_a_package_that_is_not_installed_is_said_to_be_so():
    peers = {"by_pyrankvote": ("pyrankvote", ("instant-runoff",))}
    every, beside = rules.tables(sizes=((30, 8),), rules=("instant-runoff", "exactly"), peers=peers)
    assert [row[0] for row in every.rows] == ["instant-runoff", "exactly"]
    assert [row[:2] for row in beside.rows] == [("instant-runoff", "pyrankvote")]
    if find_spec("pyrankvote") is None:
        assert beside.rows[0][2] == "not installed"


def test_a_draw_and_a_meeting_are_measured():
    nowhere = Path("nowhere")
    draws, references, seats = lottery.tables(pools=(60,), meetings=((12, 3, 2),), folder=nowhere)
    assert [row[0] for row in draws.rows] == ["60"]
    assert references.notes == ["There are no reference pools in nowhere."]
    assert len(seats.rows) == 1


def test_charts_are_measured_beside_a_plain_loop():
    assert next(row[0] for row in charts.drawing().rows).startswith("labcharts")
