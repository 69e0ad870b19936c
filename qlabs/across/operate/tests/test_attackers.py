from qlabs.across.operate.proofs import attackers


def test_a_file_that_a_running_database_takes_away_meanwhile_holds_nothing(tmp_path, monkeypatch):
    kept, gone = tmp_path / "1234", tmp_path / "pg_internal.init"
    kept.write_bytes(b"rows")
    found = [kept, gone]
    monkeypatch.setattr(type(tmp_path), "rglob", lambda folder, pattern: iter(found))
    monkeypatch.setattr(type(tmp_path), "is_file", lambda path: True)
    assert attackers._files(tmp_path) == [gone, kept]
    assert [attackers._bytes(path) for path in found] == [b"rows", b""]
