"""The README's example runs."""

import doctest
from pathlib import Path


def test_the_example_in_the_readme_is_true():
    readme = Path(__file__).parents[1] / "README.md"
    found = doctest.testfile(str(readme), module_relative=False)
    assert (found.failed, found.attempted > 0) == (0, True)
