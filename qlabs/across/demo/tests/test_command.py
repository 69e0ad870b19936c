import os
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from qlabs.across.demo.build import empty
from qlabs.across.demo.content import names, shape
from qlabs.across.demo.content.chance import drawn_from
from qlabs.across.demo.management.commands.demo import STAGES
from qlabs.base.lab.models import Lab
from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.config.env import ROOT


def run(**options):
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


def test_a_demo_that_was_interrupted_is_begun_anew(db, monkeypatch):
    """The first time the building is cut short; the second time what is there is thrown away."""
    thrown_away = []
    monkeypatch.setattr(
        empty, "database", lambda: (thrown_away.append("database"), Lab.objects.all().delete())
    )
    monkeypatch.setattr(empty, "files", lambda: thrown_away.append("files"))

    def build(**facts):
        LabFactory()
        if not thrown_away:
            raise KeyboardInterrupt
        return ()

    monkeypatch.setitem(STAGES, "april-2017", build)
    with pytest.raises(KeyboardInterrupt):
        run(if_empty=True)
    assert "was interrupted" in run(if_empty=True)
    assert (thrown_away, Lab.objects.count()) == (["database", "files"], 1)
    assert "was interrupted" not in run(if_empty=True)
    assert thrown_away == ["database", "files"]


def test_it_does_nothing_where_there_are_labs_and_it_was_told_so(db):
    LabFactory()
    assert run(if_empty=True) == ""


@pytest.mark.slow
def test_it_fills_a_folder_that_is_empty(tmp_path):
    made = qlabs_in(tmp_path, "demo", "--members", "40", "--labs", "2")
    assert (made.returncode, made.stderr) == (0, "")
    counted = qlabs_in(
        tmp_path,
        "shell",
        "-v",
        "0",
        "-c",
        "from qlabs.base.lab.models import Lab; print(Lab.objects.count())",
    )
    assert counted.stdout.split() == ["2"]


def qlabs_in(folder, *words):
    environment = {**os.environ, "QLABS_VAR": str(folder), "DATABASE_URL": ""}
    command = (sys.executable, "-m", "qlabs", *words)
    return subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )


def test_it_refuses_where_there_are_labs(db):
    LabFactory()
    with pytest.raises(CommandError, match="There are labs already"):
        run()


def test_it_refuses_in_production(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="This is production"):
        run(fresh=True, yes=True)


def test_it_throws_nothing_away_without_being_told_so(db):
    LabFactory(slug="mine")
    with pytest.raises(CommandError, match="Say --yes"):
        run(fresh=True)
    assert run(if_empty=True) == ""


@pytest.mark.parametrize(
    "options", [{"members": 5}, {"members": names.MOST + 1}, {"members": 100, "labs": 0}]
)
def test_it_refuses_sizes_it_cannot_make(db, options):
    with pytest.raises(CommandError, match="--members takes"):
        run(**options)


def test_letters_and_pictures_are_thrown_away(settings, tmp_path):
    settings.EMAIL_FILE_PATH, settings.MEDIA_ROOT = tmp_path / "mail", tmp_path / "media"
    for file in ("mail/20170101-000000-1.log", "mail/notes.txt", "media/story/a.jpg"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    empty.files()
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["notes.txt"]


def test_every_table_is_dropped(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the tables of SQLite")
    import sqlite3

    base = sqlite3.connect(":memory:", isolation_level=None)
    base.executescript(
        "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a REFERENCES a);"
        "INSERT INTO a VALUES (1); INSERT INTO b VALUES (1);"
        "CREATE TRIGGER kept BEFORE DELETE ON a BEGIN SELECT RAISE(ABORT, 'never'); END;"
    )
    empty.drop_sqlite(base.cursor())
    assert base.execute("SELECT name FROM sqlite_master").fetchall() == []
    base.close()


def test_every_table_of_postgresql_is_dropped_and_its_schema_stays(db):
    if connection.vendor != "postgresql":
        pytest.skip("the tables of PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE SCHEMA thrown; SET LOCAL search_path TO thrown; CREATE TABLE a (id serial PRIMARY KEY); "
            "CREATE TABLE b (a integer REFERENCES a); CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql "
            "AS 'BEGIN RAISE EXCEPTION ''never''; END'; "
            "CREATE TRIGGER kept BEFORE DELETE ON a EXECUTE FUNCTION never();"
        )
        empty.drop_postgres(cursor)
        cursor.execute(
            "SELECT current_schema(), (SELECT count(*) FROM pg_class WHERE relnamespace = 'thrown'::regnamespace),"
            "(SELECT count(*) FROM pg_proc WHERE pronamespace = 'thrown'::regnamespace)"
        )
        assert cursor.fetchone() == ("thrown", 0, 0)


def test_the_shape_is_the_published_one():
    cast = shape.votes(drawn_from(1))
    assert len(cast) == shape.VOTES
    assert sum(theme == 0 for _nation, _perspective, theme in cast) == shape.WINNING_VOTES
    assert len(cast) + len(shape.others(drawn_from(1))) == shape.ROLL


def test_no_two_people_have_one_name():
    assert len({names.person(number) for number in range(names.MOST)}) == names.MOST


def test_a_demo_that_is_there_says_again_who_can_sign_in(db):
    LabFactory()
    PersonFactory(email=names.LEAD.email)
    said = run(if_empty=True)
    assert [name.email in said for name in (names.OPERATOR, names.LEAD, names.MEMBER)] == [True] * 3
