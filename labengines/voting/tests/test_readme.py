"""The README's worked examples give what they say."""

import doctest
from pathlib import Path


def test_the_examples_of_the_readme():
    readme = Path(__file__).parents[1] / "README.md"

    assert doctest.testfile(str(readme), module_relative=False) == doctest.TestResults(failed=0, attempted=36)
