import pytest
from django.core.cache import cache

from qlabs.base.people import middleware


@pytest.fixture(autouse=True)
def _no_counts_of_tries(db):
    """Tries are counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _no_beat(monkeypatch):
    """Pages before sign-in wait for the beat; the tests of their content need not."""
    monkeypatch.setattr(middleware, "BEAT", 1e-9)
