from datetime import date

import numpy as np
import pytest

from labtools import jsons


def test_numbers_without_a_value_have_words_of_their_own():
    found = {"a": np.array([1.5, np.nan]), "b": (np.inf, -np.inf), "c": np.bool_(True), 4: date(2024, 4, 1)}
    assert jsons.plain(found) == {
        "a": [1.5, None],
        "b": ["Infinity", "-Infinity"],
        "c": True,
        "4": "2024-04-01",
    }


def test_what_is_written_is_read_back_to_the_digit(tmp_path):
    path = tmp_path / "found.json"
    path.write_text(jsons.text({"a": [0.1 + 0.2, 1e-300], "b": "Größe"}), encoding="utf-8")
    assert jsons.read(path) == {"a": [0.1 + 0.2, 1e-300], "b": "Größe"}


def test_a_value_that_json_does_not_know_is_an_error():
    with pytest.raises(TypeError):
        jsons.text({"a": object()})
