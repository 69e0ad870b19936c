"""The README's worked example and the guide give what they say."""

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", ["labengines/lottery/README.md", "docs/lottery.md"])
def test_the_examples_give_what_they_say(name):
    found = doctest.testfile(str(ROOT / name), module_relative=False)
    assert found.failed == 0
    assert found.attempted > 3
