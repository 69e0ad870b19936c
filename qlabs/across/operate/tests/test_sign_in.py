import pytest

from qlabs.across.operate.proofs import sign_in
from qlabs.across.operate.proofs.sign_in import kolmogorov_smirnov
from qlabs.base.people.middleware import BEFORE_SIGN_IN


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


def told(unlike=0, **slow):
    times = {
        step: {"known": range(60), "other": [n + slow.get(step, 0) for n in range(60)]}
        for step in ("ask", "wrong")
    }
    return sign_in._told("sqlite", 60, times, unlike)


def test_steps_alike_in_time_and_shape_hold_the_promise():
    assert (told().holds, told().over, told().sure) == (True, (), False)


def test_a_step_that_takes_longer_is_named_and_may_be_chance_once():
    found = told(wrong=22)
    assert (found.holds, found.over, found.sure) == (False, ("KS p wrong",), False)


def test_one_answer_of_another_shape_breaks_the_promise_at_once():
    assert (told(unlike=1).holds, told(unlike=1).sure) == (False, True)


def test_every_step_before_sign_in_is_asked():
    asked = {name for name, _fields in sign_in.STEPS.values()}
    assert asked == set(BEFORE_SIGN_IN)
