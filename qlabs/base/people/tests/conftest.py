import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_counts_of_tries(db):
    """Tries are counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()
