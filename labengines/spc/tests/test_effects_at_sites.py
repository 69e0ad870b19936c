"""Several sites: each one's own effect first, and staggered starts."""

import numpy as np
import pytest

from labengines.spc.effects import effect, effects_at_sites, stepped_wedge
from labengines.spc.errors import DifferentLengths, NotDetermined, OutOfRange, TooFewPoints, Unknown
from labengines.spc.pooling import combine
from labengines.spc.tests.effect_cases import monthly_counts, reference


def three_sites():
    sites = {
        name: monthly_counts(seed, mean=mean)
        for seed, (name, mean) in enumerate([("A", 40), ("B", 3), ("C", 9)])
    }
    sites["none"] = monthly_counts(9, mean=0)
    columns = {key: np.concatenate([months[key] for months in sites.values()]) for key in sites["A"]}
    return sites, columns | {"site": np.repeat(list(sites), len(sites["A"]["after"]))}


def wedge(effect=0.0, seed=1, sites=8, periods=9):
    """A stepped wedge, one site starting in each period from the second on."""
    rng = np.random.default_rng(seed)
    site, period = np.repeat(np.arange(sites), periods), np.tile(np.arange(periods), sites)
    treat = (period > site).astype(float)
    values = rng.normal(0, 2, sites)[site] + 0.3 * period + effect * treat + rng.normal(0, 1, len(site))
    return {"values": values, "site": site, "period": period, "treat": treat}


def test_sites_are_combined_from_their_own_effects():
    sites, columns = three_sites()
    found = effects_at_sites(**columns, kind="count")
    alone = {name: effect(**months, kind="count").step for name, months in sites.items() if name != "none"}
    assert [(name, one.step) for name, one in found.effects] == list(alone.items())
    expected = combine(*zip(*((s.estimate, s.standard_error**2) for s in alone.values()), strict=True))
    assert (found.combined.estimate, found.combined.se) == (expected.estimate, expected.se)


def test_a_site_without_events_is_left_out_and_one_with_empty_months_stays():
    sites, columns = three_sites()
    assert (sites["B"]["values"] == 0).any()
    found = effects_at_sites(**columns, kind="count")
    assert found.left_out == (("none", "no_events"),)
    assert [name for name, _ in found.effects] == ["A", "B", "C"]


def test_a_site_whose_effect_is_not_determined_is_left_out_by_that_name():
    rng = np.random.default_rng(1)
    values = np.concatenate([rng.normal(size=20), np.zeros(20), rng.normal(size=4)])
    site = ["good"] * 20 + ["flat"] * 20 + ["short"] * 4
    found = effects_at_sites(
        values, site=site, after=[0] * 10 + [1] * 10 + [0] * 10 + [1] * 10 + [0, 0, 1, 1]
    )
    assert found.left_out == (("flat", "spc.not_determined"), ("short", "spc.too_few_points"))
    assert found.combined is None


def test_wrong_rows_of_a_site_are_refused():
    with pytest.raises(DifferentLengths):
        effects_at_sites([1.0, 2], site=["a"], after=[0, 1])
    with pytest.raises(OutOfRange):
        effects_at_sites([-1.0, 2], site=["a", "a"], after=[0, 1], kind="count")


def test_staggered_starts_give_the_numbers_of_lme4_and_pbkrtest():
    columns, expected = reference("sw-gaussian")
    found = stepped_wedge(
        columns["y"], site=columns["site"], period=columns["period"], treat=columns["treat"]
    )
    got = {
        "effect": found.effect.estimate,
        "se": found.effect.standard_error,
        "wald_low": found.effect.low,
        "wald_high": found.effect.high,
        "se_kenward_roger": found.kenward_roger.standard_error,
        "ddf_kenward_roger": found.kenward_roger.df,
        "p_kenward_roger": found.kenward_roger.p,
        "site_sd": found.site_sd,
        "residual_sd": found.residual_sd,
        "reml_loglik": found.reml_loglik,
    }
    assert got == pytest.approx(expected, rel=2e-7)
    assert (found.sites, found.rows, found.notes) == (12, 156, ())


def test_kenward_and_rogers_df_are_those_of_the_t_test_where_one_applies():
    # a paired comparison in a balanced table: periods in blocks, residual df (sites - 1) * (periods - 1) less the rest
    rng = np.random.default_rng(2)
    site, period = np.repeat(np.arange(6), 4), np.tile(np.arange(4), 6)
    treat = ((site + period) % 2).astype(float)
    values = rng.normal(0, 5, 6)[site] + rng.normal(size=24)
    found = stepped_wedge(values, site=site, period=period, treat=treat)
    assert found.kenward_roger.df == pytest.approx(24 - 6 - 3 - 1, rel=1e-6)
    assert found.kenward_roger.standard_error == pytest.approx(found.effect.standard_error, rel=1e-6)


def test_names_order_and_missing_rows_do_not_matter():
    rows = wedge(effect=-2)
    order = np.random.default_rng(0).permutation(72)
    mixed = {name: column[order] for name, column in rows.items()}
    mixed["site"] = [f"ward {site}" for site in mixed["site"]]
    extra = {name: [*column, column[0]] for name, column in mixed.items()} | {
        "values": [*mixed["values"], None]
    }
    one, other = stepped_wedge(**rows), stepped_wedge(**extra)
    assert other.effect.estimate == pytest.approx(one.effect.estimate, rel=1e-6)
    assert other.kenward_roger.df == pytest.approx(one.kenward_roger.df, rel=1e-5)
    assert other.rows == 72


@pytest.mark.parametrize("unit", [1e-80, 10, 1e80])
def test_a_shift_of_every_site_and_another_unit_leave_the_effect(unit):
    rows = wedge(effect=-2)
    one, other = stepped_wedge(**rows), stepped_wedge(**rows | {"values": (rows["values"] + 5) * unit})
    assert other.effect.estimate == pytest.approx(unit * one.effect.estimate, rel=1e-5)
    assert other.kenward_roger.df == pytest.approx(one.kenward_roger.df, rel=1e-5)
    assert other.site_sd == pytest.approx(unit * one.site_sd, rel=1e-5)


def test_sites_that_do_not_differ_are_noted():
    rows = wedge()
    level = np.array([rows["values"][rows["site"] == site].mean() for site in range(8)])
    found = stepped_wedge(**rows | {"values": rows["values"] - level[rows["site"]]})
    assert found.site_sd == 0
    assert "sites_alike" in {note.code for note in found.notes}


def test_lots_agree_with_the_model_on_what_is_unusual():
    strong = stepped_wedge(**wedge(effect=-4), rng=np.random.default_rng(3), draws=199)
    assert strong.lots_p == 1 / 200
    assert stepped_wedge(**wedge(effect=-4), rng=np.random.default_rng(3), draws=199).lots_p == strong.lots_p
    assert stepped_wedge(**wedge(effect=-4)).lots_p is None


def test_lots_that_repeat_the_start_dates_that_were_drawn_count_as_equal():
    pair = stepped_wedge(**wedge(effect=-4, sites=2, periods=6), rng=np.random.default_rng(3), draws=199)
    assert pair.lots_p > 0.4  # half of all lots are the one that was drawn


def test_lots_call_chance_unusual_as_often_as_they_say():
    p = [
        stepped_wedge(**wedge(seed=seed), rng=np.random.default_rng(seed), draws=39).lots_p
        for seed in range(80)
    ]
    assert 0 < np.mean(np.array(p) <= 0.2) < 0.36  # 16 of 80 expected, standard deviation 3.6


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"values": []}, DifferentLengths),
        ({"values": [None] * 72}, TooFewPoints),
        ({"values": [3.0] * 72}, NotDetermined),
        ({"values": np.repeat(np.arange(8.0) ** 2, 9)}, NotDetermined),
        ({"site": [1] * 72}, TooFewPoints),
        ({"site": [1] * 5}, DifferentLengths),
        ({"treat": [0] * 72}, NotDetermined),
        ({"treat": [2] * 72}, OutOfRange),
        ({"period": list(range(72))}, TooFewPoints),
        ({"site": [None, "a"] * 36}, Unknown),
        ({"level": 0}, OutOfRange),
        ({"rng": np.random.default_rng(1), "treat": [1, 0] * 36}, OutOfRange),
        ({"rng": np.random.default_rng(1), "draws": 0}, OutOfRange),
    ],
)
def test_what_cannot_be_answered_is_refused(wrong, refusal):
    with pytest.raises(refusal):
        stepped_wedge(**wedge() | wrong)
