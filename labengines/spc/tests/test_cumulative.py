"""EWMA, CUSUM and Bernoulli CUSUM: reference answers, the book's example, and what must hold for any series."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labengines.errors import EngineError
from labengines.spc import errors
from labengines.spc.cumulative import bernoulli_cusum, cusum, ewma
from labengines.spc.tests.effect_cases import reference

# Montgomery, table 9.1: 20 values around 10, then 10 around 11.
MONTGOMERY = (
    9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34,
    9.03, 11.47, 10.51, 9.40, 10.08, 9.37, 10.62, 10.31, 8.52, 10.84,
    10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52,
)  # fmt: skip
series = st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=40)
cases = st.lists(st.sampled_from([0, 1, None]), min_size=1, max_size=60)


def numbers(signal):
    return (np.flatnonzero(signal) + 1).tolist()


def test_ewma_equals_qcc():
    given_, expected = reference("ewma-random-2")

    found = ewma(given_["y"], weight=0.2, width=3, centre=20, sd=2)

    np.testing.assert_allclose(found.smoothed, expected["ewma"], rtol=1e-9)
    np.testing.assert_allclose(found.lower, expected["lcl"], rtol=1e-9)
    np.testing.assert_allclose(found.upper, expected["ucl"], rtol=1e-9)
    assert numbers(found.signal) == expected["violation_index"]


def test_cusum_with_a_head_start_equals_qcc():
    given_, expected = reference("cusum-random-3")

    found = cusum(given_["y"], decision=5, shift=1, head_start=2.5, centre=20, sd=2)

    np.testing.assert_allclose(found.above, expected["pos"], atol=1e-9)
    np.testing.assert_allclose(found.below, expected["neg"], atol=1e-9)
    assert numbers(found.signal_above) == expected["upper_violation_index"]
    assert numbers(found.signal_below) == expected["lower_violation_index"] == []


def test_bernoulli_cusum_equals_qicharts2_and_keeps_the_sum_that_signals():
    given_, expected = reference("bcusum-random-1")

    found = bernoulli_cusum(given_["y"], target=0.05)

    np.testing.assert_allclose(np.where(found.above > 3.5, 0, found.above), expected["cusum_up"], atol=1e-9)
    np.testing.assert_allclose(found.below, expected["cusum_down"], atol=1e-9)
    assert (found.expected, found.higher, found.lower) == pytest.approx(
        (0.05, expected["p1"], expected["p2"])
    )
    assert numbers(found.signal_above) == expected["signal_up_index"] == [239]
    assert round(found.above[238], 3) == 3.784


def test_montgomery_9_1_and_9_2():
    sums = cusum(MONTGOMERY, decision=5, shift=1, centre=10, sd=1)
    averages = ewma(MONTGOMERY, weight=0.1, width=2.7, centre=10, sd=1)

    assert round(sums.above[28], 2) == 5.28
    assert numbers(sums.signal_above) == [29, 30]
    assert (round(averages.upper[0], 2), round(averages.lower[0], 2)) == (10.27, 9.73)


def test_centre_and_spread_come_from_the_baseline():
    found = ewma([1, 3, None, 2, 50, 60], baseline=4)
    known = cusum([1, 3, None, 2, 50, 60], baseline=4)

    assert (found.centre, found.sd) == (known.centre, known.sd) == pytest.approx((2, 1.5 / 1.128))


def test_an_event_after_a_signal_counts_from_zero():
    found = bernoulli_cusum([1, 1, 1, 1], target=0.1, odds_ratio=4, limit=2)

    step = np.log(found.higher / 0.1)
    np.testing.assert_allclose(found.above, [step, 2 * step, step, 2 * step])
    assert found.signal_above.tolist() == [False, True, False, True]


def test_a_sum_on_the_limit_signals_for_cases_but_not_for_values():
    step = np.log(bernoulli_cusum([0, 1], target=0.1).higher / 0.1)

    assert bernoulli_cusum([1], target=0.1, limit=step).signal_above.tolist() == [True]
    assert cusum([3.5], decision=3, shift=1, centre=0, sd=1).signal_above.tolist() == [False]
    assert ewma([3], width=3, weight=1, centre=0, sd=1).signal.tolist() == [False]


@given(series, st.floats(0.01, 1), st.integers(0, 40))
def test_a_missing_value_changes_no_other(values, weight, at):
    at = min(at, len(values))
    gap = [*values[:at], None, *values[at:]]
    options = {"centre": 1, "sd": 2}

    np.testing.assert_array_equal(
        np.delete(ewma(gap, weight=weight, **options).smoothed, at),
        ewma(values, weight=weight, **options).smoothed,
    )
    np.testing.assert_array_equal(np.delete(cusum(gap, **options).above, at), cusum(values, **options).above)
    assert np.isnan(cusum(gap, **options).below[at])
    assert not ewma(gap, **options).signal[at]


@given(series)
def test_turning_a_series_over_turns_its_chart_over(values):
    one, other = cusum(values, centre=0, sd=3), cusum([-value for value in values], centre=0, sd=3)

    np.testing.assert_array_equal(one.above, -other.below)
    np.testing.assert_array_equal(one.signal_above, other.signal_below)


@given(cases, st.floats(0.01, 0.99))
def test_evidence_never_leaves_its_side(events, target):
    found = bernoulli_cusum(events, target=target)

    assert not (found.above < 0).any()
    assert not (found.below > 0).any()
    assert np.isnan(found.above).tolist() == [event is None for event in events]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: ewma([]), errors.TooFewPoints),
        (lambda: ewma([3]), errors.TooFewPoints),
        (lambda: ewma([3, None], centre=1), errors.TooFewPoints),
        (lambda: ewma([3, 3, 3]), errors.NotDetermined),
        (lambda: ewma([1, "two"]), errors.NotANumber),
        (lambda: ewma([1, 2], weight=0), errors.OutOfRange),
        (lambda: ewma([1, 2], weight=1.1), errors.OutOfRange),
        (lambda: ewma([1, 2], baseline=3), errors.OutOfRange),
        (lambda: ewma([1, 2], sd=float("nan")), errors.NotDetermined),
        (lambda: cusum([1, 2], decision=0), errors.OutOfRange),
        (lambda: cusum([1, 2], head_start=-1), errors.OutOfRange),
        (lambda: cusum([1, 2], sd=0), errors.NotDetermined),
        (lambda: bernoulli_cusum([]), errors.TooFewPoints),
        (lambda: bernoulli_cusum([0, 2]), errors.OutOfRange),
        (lambda: bernoulli_cusum([0, 0]), errors.NotDetermined),
        (lambda: bernoulli_cusum([0, 1], target=1), errors.NotDetermined),
        (lambda: bernoulli_cusum([0, 1], odds_ratio=1), errors.OutOfRange),
    ],
)
def test_what_cannot_be_reckoned_is_refused(call, error):
    with pytest.raises(error):
        call()


@given(st.lists(st.one_of(st.none(), st.floats(allow_nan=True)), max_size=6))
def test_any_list_of_numbers_gives_a_result_or_a_refusal(values):
    for chart in (ewma, cusum, bernoulli_cusum):
        try:
            assert len(chart(values).signal if chart is ewma else chart(values).above) == len(values)
        except EngineError:
            continue
