"""Funnels: reference answers, chance itself as a judge, and what must hold for any units."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labengines.errors import EngineError
from labengines.spc import errors
from labengines.spc.funnel_limits import METHODS, funnel_limits
from labengines.spc.funnels import funnel
from labengines.spc.overdispersion import winsorise
from labengines.spc.tests.effect_cases import reference

ENDS = {"LCL95": "l95", "UCL95": "u95", "LCL99": "l998", "UCL99": "u998"}
EVERY = [(kind, method) for kind, methods in METHODS.items() for method in methods]
units = st.lists(
    st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=25
)


def against(found, points, order, *, ends=ENDS):
    for theirs, ours in ends.items():
        np.testing.assert_allclose(getattr(found.limits, ours)[order], points[theirs], rtol=1e-9)
        adjusted = points[f"OD{theirs[3:]}{theirs[:3]}"]
        np.testing.assert_allclose(getattr(found.adjusted_limits, ours)[order], adjusted, rtol=1e-9)


def test_overdispersed_proportions_equal_funnelplotr():
    given_, expected = reference("funnel-pr-random-od")

    found = funnel(given_["numerator"], given_["denominator"], groups=given_["group"], method="arcsine")

    points = expected["points"]
    assert (found.target, found.dispersion.phi, found.dispersion.tau2) == pytest.approx(
        (expected["target"], expected["phi"], expected["tau2"]), rel=1e-9
    )
    against(found, points, slice(None))
    np.testing.assert_allclose(found.dispersion.kept_z, points["Wuzscore"], rtol=1e-9)
    assert found.dispersion.trimmed.astype(int).tolist() == points["winsorised"]
    assert np.abs(found.flagged).tolist() == points["outlier"]
    assert (found.adjusted, found.notes) == (True, ())


def test_mortality_ratios_equal_funnelplotr_where_there_is_only_chance():
    given_, expected = reference("funnel-sr-los-shmi")

    found = funnel(
        given_["numerator"], given_["denominator"], groups=given_["group"], kind="ratio", method="shmi"
    )

    points = expected["points"]
    order = [found.groups.index(name) for name in points["group"]]
    against(found, points, order)
    assert found.dispersion.phi == pytest.approx(expected["phi"], rel=1e-9)
    assert np.isnan(found.dispersion.kept_z).tolist() == found.dispersion.trimmed.tolist()
    assert found.dispersion.trimmed[order].astype(int).tolist() == points["truncated"]
    np.testing.assert_allclose(found.values[order], points["rr"], rtol=1e-9)
    assert (found.adjusted, found.notes) == (False, ("not-overdispersed",))


def test_units_at_the_quantile_are_told_as_pulled_in_though_nothing_changes():
    kept, trimmed = winsorise(np.array([*range(11), np.nan]), 0.1)

    np.testing.assert_array_equal(kept, [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, np.nan])
    assert (np.flatnonzero(trimmed)).tolist() == [0, 1, 9, 10]


def test_exact_limits_at_known_sizes():
    """Interpolated by hand: with 5 cases at 2 %, P(none) = 0.9039 and P(at most 1) = 0.9962."""
    limits = funnel_limits([5], kind="proportion", target=0.02)

    none = 0.98**5
    one = none + 5 * 0.02 * 0.98**4
    assert limits.u95[0] == pytest.approx((1 - (one - 0.975) / (one - none)) / 5)
    assert limits.l95[0] == limits.l998[0] == 0


@pytest.mark.parametrize(("kind", "method"), [one for one in EVERY if one[1] != "shmi"])
@pytest.mark.parametrize("flag_at", [95, 99.8])
def test_chance_alone_is_flagged_about_as_often_as_said(kind, method, flag_at):
    """The right limits of every method hold 4,000 units that differ by chance only."""
    rng = np.random.default_rng(7)
    sizes = rng.integers(200, 2000, 4000).astype(float)
    events = rng.binomial(sizes.astype(int), 0.2) if kind == "proportion" else rng.poisson(sizes)
    if kind == "ratio-of-counts":
        sizes, events = rng.poisson(sizes), rng.poisson(sizes)
    target = 0.2 if kind == "proportion" else 1

    found = funnel(
        events, sizes, kind=kind, method=method, target=target, overdispersion=False, flag_at=flag_at
    )

    share = np.abs(found.flagged).mean() * 100
    assert 100 - flag_at - 1.2 < share < 100 - flag_at + 1.2


def test_faults_of_funnelplotr_are_repeated_only_when_asked_for():
    events, sizes = [98, 103, 51, 128], [100, 100, 50, 130]

    roots = [funnel(events, sizes, kind="ratio", method="square-root", upstream=up) for up in (False, True)]
    counts = [funnel(events, sizes, kind="ratio-of-counts", upstream=up) for up in (False, True)]

    np.testing.assert_allclose(roots[0].adjusted_limits.u95, (1 + 1.959964 / (2 * np.sqrt(sizes))) ** 2)
    np.testing.assert_allclose(roots[1].adjusted_limits.u95, 1 + 1.959964 / (2 * np.sqrt(sizes)))
    assert counts[0].target == 1  # so that a unit's two counts are expected to be alike
    np.testing.assert_allclose(counts[0].limits.u95, np.exp(1.959964 * np.sqrt(2 / np.array(sizes))))
    np.testing.assert_allclose(counts[1].limits.u95, np.exp(1.959964 / (2 * np.sqrt(sizes))))


def test_equal_names_are_added_up_and_missing_units_count_nowhere():
    found = funnel([1, None, 2, 3], [10, 10, 20, 30], groups=["a", "b", "c", "a"])

    assert found.groups == ("a", "b", "c")
    np.testing.assert_array_equal(found.numerators, [4, np.nan, 2])
    np.testing.assert_array_equal(found.denominators, [40, np.nan, 20])
    assert found.target == 0.1
    assert found.flagged.tolist() == [0, 0, 0]
    assert "missing" in found.notes


def test_variation_between_units_widens_the_limits_and_can_be_refused():
    events, sizes = [10, 30, 60, 90, 50, 20], [100] * 6

    widened = funnel(events, sizes, trim=0)
    plain = funnel(events, sizes, trim=0, overdispersion=False)

    assert plain.flagged.tolist() == [-1, 0, 1, 1, 0, -1]
    assert widened.flagged.tolist() == [0] * 6
    assert widened.dispersion.phi == plain.dispersion.phi > 10
    assert (widened.adjusted, plain.adjusted, plain.adjusted_limits) == (True, False, None)


@given(units, st.randoms())
def test_the_order_of_units_does_not_matter(rows, random):
    shuffled = random.sample(range(len(rows)), len(rows))
    found = funnel(*zip(*rows, strict=True))
    other = funnel(*zip(*(rows[at] for at in shuffled), strict=True))

    np.testing.assert_allclose(other.limits.u95, found.limits.u95[shuffled])
    np.testing.assert_allclose(other.dispersion.tau2, found.dispersion.tau2, atol=1e-12)
    assert other.flagged.tolist() == found.flagged[shuffled].tolist()


@given(units, st.sampled_from(EVERY), st.booleans())
def test_limits_are_ordered_scale_with_the_unit_and_leave_inputs_alone(rows, kind_and_method, widen):
    kind, method = kind_and_method
    events, sizes = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    before = events.copy(), sizes.copy()
    options = {"kind": kind, "method": method, "target": 0.3, "overdispersion": None if widen else False}

    found, hundred = (funnel(events, sizes, multiplier=scale, **options) for scale in (1, 100))

    for one, other in ((found.limits, hundred.limits), (found.curve.limits, hundred.curve.limits)):
        np.testing.assert_allclose(one.u998 * 100, other.u998)
        assert (one.l998 <= one.l95 + 1e-12).all()
        assert (one.l95 <= one.u95).all()
        assert (one.u95 <= one.u998 + 1e-12).all()
    np.testing.assert_array_equal(before, (events, sizes))
    assert not found.values.flags.writeable


@pytest.mark.parametrize(("kind", "method"), EVERY)
@pytest.mark.parametrize(
    ("events", "sizes"),
    [
        ([], []),
        ([5], [5]),
        ([0, 0], [5, 3]),
        ([None], [4]),
        ([0, None, 3], [1, 2, 4]),
        ([0, 1], [1e-9, 1e12]),
        ([1e99], [1e100]),
        ([1, 2, 3], [4, 5, 1e12]),
        ([2, 2, 2], [2, 2, 2]),
    ],
)
def test_odd_units_give_a_result_or_a_refusal(kind, method, events, sizes):
    for options in ({}, {"overdispersion": True}, {"upstream": True, "trim": 0}):
        try:
            assert len(funnel(events, sizes, kind=kind, method=method, **options).flagged) == len(events)
        except EngineError:
            continue


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: funnel([1], [0]), errors.OutOfRange),
        (lambda: funnel([-1], [2]), errors.OutOfRange),
        (lambda: funnel([3], [2]), errors.OutOfRange),
        (lambda: funnel([1], [2.5]), errors.OutOfRange),
        (lambda: funnel(["1"], [2]), errors.NotANumber),
        (lambda: funnel([1, 2], [3]), errors.DifferentLengths),
        (lambda: funnel([1], [3], groups=["a", "b"]), errors.DifferentLengths),
        (lambda: funnel([1], [3], kind="share"), errors.Unknown),
        (lambda: funnel([1], [3], method="shmi"), errors.Unknown),
        (lambda: funnel([1], [3], method="ohid", overdispersion=True), errors.Unknown),
        (lambda: funnel([1], [3], flag_at=99), errors.Unknown),
        (lambda: funnel([1], [3], trim=0.5), errors.OutOfRange),
        (lambda: funnel([1], [3], multiplier=0), errors.OutOfRange),
        (lambda: funnel([1], [3], target=1.5), errors.OutOfRange),
        (lambda: funnel([1], [3], kind="ratio", target=0), errors.OutOfRange),
        (lambda: funnel([], []), errors.NotDetermined),
        (
            lambda: funnel([0, 4], [3, 4], kind="ratio", method="shmi", trim=0, overdispersion=True),
            errors.NotDetermined,
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(call, error):
    with pytest.raises(error):
        call()
