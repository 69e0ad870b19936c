"""Cases on the size of an effect: formulas of other shapes than those in the folder, and what answers them."""

import numpy as np
import pytest

from labengines.spc.effects import effect
from labengines.spc.errors import MissingColumn, NotDetermined, Unknown
from labtools.cases import formula
from labtools.cases.effects import run_effect

RNG = np.random.default_rng(11)
POST = np.repeat([0.0, 1.0], [30, 18])
DATA = {
    "y": RNG.poisson(30 - 8 * POST).astype(float),
    "time": np.arange(1.0, 49),
    "post": POST,
    "n": RNG.uniform(90, 110, 48).round(),
    "month": np.tile(np.arange(1.0, 13), 4),
}


def its(model, columns=DATA, **options):
    columns = {name: list(column) for name, column in columns.items()}
    return run_effect({"chart": "its", "input": columns, "options": {"model": model, **options}})


def terms(text):
    return formula.columns(formula.read(text), DATA)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("y ~ post + t", ["(Intercept)", "post", "t"]),
        ("y~post*t", ["(Intercept)", "post", "t", "post:t"]),
        ("y ~ t + t:post + post, family = poisson", ["(Intercept)", "t", "post", "t:post"]),
        ("y ~ 0 + post + offset(log(n))", ["post"]),
        ("y ~ post + t - 1", ["post", "t"]),
        ("y ~ post + I(time-30):post", ["(Intercept)", "post", "post:I(time - 30)"]),
        ("y ~ post + sin(2*pi*t/12)", ["(Intercept)", "post", "sin(2 * pi * t/12)"]),
        ("y ~ harmonic(month, 1, 12)", ["(Intercept)", "harmonic(month, 1, 12)1", "harmonic(month, 1, 12)2"]),
        ("y ~ factor(post) + I(t^2)", ["(Intercept)", "factor(post)1", "I(t^2)"]),
        ("cbind(y, n - y) ~ post + (1|month), REML", ["(Intercept)", "post"]),
    ],
)
def test_a_formula_gives_the_columns_that_r_would(text, names):
    assert terms(text)[0] == names


def test_columns_hold_what_their_names_say():
    names, matrix = terms("y ~ post * t + I(t^2) + harmonic(month, 2, 12) + factor(month)")
    columns = dict(zip(names, matrix.T, strict=True))
    assert np.array_equal(columns["post:t"], POST * DATA["time"])
    assert np.array_equal(columns["I(t^2)"], DATA["time"] ** 2)
    assert columns["harmonic(month, 2, 12)2"] == pytest.approx(np.sin(4 * np.pi * DATA["month"] / 12))
    assert columns["harmonic(month, 2, 12)3"] == pytest.approx(np.cos(2 * np.pi * DATA["month"] / 12))
    assert np.array_equal(columns["factor(month)12"], DATA["month"] == 12)
    assert "factor(month)1" not in columns


def test_events_are_read_from_either_way_of_writing_shares():
    pair = formula.events(formula.read("cbind(y, n - y) ~ post"), DATA)
    share = formula.events(formula.read("y / n ~ post"), DATA)
    assert np.array_equal(pair, share)


@pytest.mark.parametrize(
    "text", ["no formula", "y ~ post ~ t", "y ~ open('x')", "y ~ (post", "y ~ post.__class__"]
)
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(Unknown):
        its(text)


def test_an_unknown_column_is_named():
    with pytest.raises(MissingColumn) as refusal:
        its("y ~ ward")
    assert refusal.value.params["field"] == "ward"


def test_a_column_that_repeats_another_is_refused():
    with pytest.raises(NotDetermined):
        its("y ~ t + I(2*t)", family="poisson")


@pytest.mark.parametrize(
    ("model", "options"),
    [
        ("y ~ post + t + offset(log(n))", {"family": "quasipoisson"}),
        ("y ~ post + t", {"family": "quasipoisson", "offset": "log(n)"}),
        ("y ~ post + t", {"family": "quasipoisson", "exposure": "n"}),
        ("y ~ post + t, quasi-Poisson with log exposure offset", {}),
    ],
)
def test_exposure_is_found_wherever_it_is_named(model, options):
    found = its(model, **options)
    same = effect(DATA["y"], after=POST, kind="count", denominators=DATA["n"])
    assert found["rr"][1] == pytest.approx(same.ratio.estimate)
    assert (found["rr_low"][1], found["dispersion"]) == pytest.approx((same.ratio.low, same.dispersion))


def test_the_family_without_quasi_has_dispersion_one():
    plain, quasi = its("y ~ post + t", family="poisson"), its("y ~ post + t", family="quasipoisson")
    assert plain["dispersion"] == 1
    ratio = np.array(quasi["std_error"]) / np.array(plain["std_error"])
    assert ratio == pytest.approx(np.sqrt(quasi["dispersion"]))
    assert plain["p_value"] == plain["p_value_z"]
    assert quasi["p_value"] == quasi["p_value_t"]


def test_shares_and_plain_least_squares_are_run_too():
    odds = its("cbind(y, n - y) ~ post + t", family="quasibinomial")
    same = effect(DATA["y"], after=POST, kind="proportion", denominators=DATA["n"])
    assert odds["or"][1] == pytest.approx(same.ratio.estimate)
    line, model = its("y ~ post + t", method="OLS"), effect(DATA["y"], after=POST, correlation=None)
    assert (line["estimate"][1], line["sigma"]) == pytest.approx((model.step.estimate, model.sigma))


def test_rows_that_miss_something_are_left_out():
    holes = {**DATA, "y": [None, *DATA["y"][1:]]}
    without = {name: column[1:] for name, column in DATA.items()}
    assert its("y ~ post + t", holes)["estimate"] == its("y ~ post + t", without)["estimate"]


def test_trials_given_as_counts_become_log_risk_ratios():
    counts = {"tpos": [4, 6, 3], "tneg": [119, 300, 228], "cpos": [11, 29, 11], "cneg": [128, 274, 209]}
    found = run_effect({"chart": "meta", "input": counts, "options": []})
    effects = {
        "yi": [-0.8893, -1.5854, -1.3481],
        "vi": [0.3256, 0.1946, 0.4154],
    }  # as metafor's manual prints them
    expected = run_effect({"chart": "meta", "input": effects, "options": []})
    assert found["REML"]["estimate"] == pytest.approx(expected["REML"]["estimate"], abs=1e-4)


def test_a_mixed_model_of_counts_is_refused():
    rows = {"y": [1, 2], "site": [1, 2], "period": [1, 1], "treat": [0, 1]}
    model = "y ~ treat + factor(period) + (1|site), family = poisson"
    with pytest.raises(Unknown):
        run_effect({"chart": "mixed", "input": rows, "options": {"model": model}})
