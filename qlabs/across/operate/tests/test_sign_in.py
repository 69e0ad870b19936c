import pytest

from qlabs.across.operate.proofs.sign_in import kolmogorov_smirnov


def test_the_same_times_differ_by_nothing():
    assert kolmogorov_smirnov(range(300), range(300)) == (0, 1.0)


def test_times_apart_differ_by_all_and_never_by_chance():
    distance, chance = kolmogorov_smirnov(range(300), range(300, 600))
    assert distance == 1
    assert chance < 1e-100


@pytest.mark.parametrize(("distance", "chance"), [(1.2238, 0.10), (1.3581, 0.05), (1.6276, 0.01)])
def test_the_chance_is_that_of_published_tables(distance, chance):
    """Critical values of the limiting distribution: Smirnov, Annals of Mathematical Statistics 19 (1948), 279-281."""
    size = 20_000
    shift = round(distance * (2 / size) ** 0.5 * size)
    found, told = kolmogorov_smirnov(range(size), range(shift, size + shift))
    assert found == pytest.approx(shift / size)
    assert told == pytest.approx(chance, abs=0.002)
