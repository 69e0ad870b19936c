import pytest

from labtools.cli import main
from labtools.tests.hostile import TABLES


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_drawn_or_refused_in_one_clear_message(name, tmp_path, capsys):
    table, path = TABLES[name], tmp_path / "table.csv"
    path.write_bytes(table.content)
    status = main(["spc", str(path), *table.options.split()])
    out, said = capsys.readouterr()
    assert tuple(said.splitlines()) == tuple(f"labtools: {line}" for line in table.said)
    assert status == table.status
    assert bool(out) == (status == 0)


def test_there_are_enough_of_them():
    assert sum(table.status == 2 for table in TABLES.values()) >= 40
