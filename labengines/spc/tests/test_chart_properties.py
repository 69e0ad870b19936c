"""What a chart stays the same under, and that no input crashes it."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from labengines.errors import EngineError
from labengines.spc import chart, charts

VALUE_KINDS = ("run", "i", "mr", "ip", "c", "g")
COUNT_KINDS = ("p", "pp", "u", "up")

values_of = st.lists(st.integers(0, 60), min_size=3, max_size=40)
gappy_values = st.lists(st.one_of(st.integers(0, 60), st.none()), min_size=3, max_size=40)


def lines(made):
    """Everything drawn, as one table."""
    return np.array([made.points.values, made.centre, *vars(made.limits).values()])


def said(made):
    """Everything that is told apart from numbers."""
    return [made.signals, made.point_types, made.runs, [note.code for note in made.notes]]


# What changes nothing


@given(gappy_values, st.sampled_from(VALUE_KINDS), st.sampled_from([0.25, 4.0, 1024.0]))
def test_scaling_the_unit_scales_the_chart(values, kind, factor):
    assume(any(value is not None for value in values))
    plain = chart(values, kind)
    if kind in ("run", "i", "mr", "ip"):
        scaled = chart([None if value is None else value * factor for value in values], kind)
    else:
        scaled = chart(values, kind, multiply=factor)
    assert np.allclose(lines(scaled), lines(plain) * factor, rtol=1e-12, atol=0, equal_nan=True)
    assert said(scaled) == said(plain)


@given(st.data(), st.sampled_from([*VALUE_KINDS, *COUNT_KINDS]))
def test_the_order_of_rows_is_irrelevant(data, kind):
    values = data.draw(gappy_values)
    assume(any(value is not None for value in values))
    sizes = data.draw(st.lists(st.integers(60, 99), min_size=len(values), max_size=len(values)))
    periods = data.draw(st.lists(st.integers(1, 30), min_size=len(values), max_size=len(values)))
    order = data.draw(st.permutations(range(len(values))))
    sizes = sizes if kind in COUNT_KINDS else None
    columns = [values, sizes, periods]
    moved = [None if column is None else [column[place] for place in order] for column in columns]
    first, second = (chart(*(y, kind, n, x)) for y, n, x in (columns, moved))
    assert first.points.x == second.points.x
    assert np.allclose(lines(first), lines(second), rtol=1e-9, atol=1e-9, equal_nan=True)
    assert said(first)[2:] == said(second)[2:]


@given(values_of, st.sampled_from([*VALUE_KINDS, *COUNT_KINDS]))
def test_inputs_are_never_changed(values, kind):
    columns = [np.array(values, float), np.full(len(values), 60.0), np.arange(len(values))[::-1].copy()]
    before = [column.copy() for column in columns]
    sizes = columns[1] if kind in COUNT_KINDS else None
    made = chart(columns[0], kind, sizes, columns[2])
    assert all((a == b).all() for a, b in zip(columns, before, strict=True))
    with pytest.raises(ValueError, match="read-only"):
        made.centre[0] = 1


@given(values_of, st.integers(0, 40), st.sampled_from(["anhoej", "ihi", "best-box", "cut-box"]))
def test_a_missing_value_changes_no_run_rule_for_the_others(values, place, rules):
    place = min(place, len(values))
    gap = [*values[:place], None, *values[place:]]
    whole, gapped = (chart(column, "run", rules=rules) for column in (values, gap))
    kept = [kind for number, kind in enumerate(gapped.point_types) if number != place]
    assert kept == list(whole.point_types)
    assert gapped.point_types[place] == "common_cause"
    assert [(run.longest, run.crossings, run.signal) for run in gapped.runs if run] == [
        (run.longest, run.crossings, run.signal) for run in whole.runs if run
    ]


@given(values_of, st.sampled_from(["making-data-count", "western-electric", "nelson", "outside"]))
def test_a_missing_value_at_the_end_changes_nothing_before_it(values, rules):
    whole, gapped = (chart(column, "i", rules=rules) for column in (values, [*values, None]))
    assert gapped.signals == whole.signals
    assert np.allclose(lines(gapped)[:, :-1], lines(whole), equal_nan=True)


@given(values_of, st.integers(3, 20))
def test_points_after_a_frozen_baseline_never_move_its_lines(values, baseline):
    assume(len(values) > baseline)
    frozen, alone = chart(values, "i", baseline=baseline), chart(values[:baseline], "i")
    assert np.allclose(lines(frozen)[1:, :baseline], lines(alone)[1:], equal_nan=True)


@given(st.data())
def test_many_charts_are_the_charts_of_each(data):
    kind = data.draw(st.sampled_from(["run", "i", "c", "p", "u"]))
    series = data.draw(st.lists(gappy_values, min_size=1, max_size=4))
    assume(all(any(value is not None for value in column) for column in series))
    sizes = [[60 + len(column)] * len(column) for column in series] if kind in "pu" else None
    choices = {"screening": data.draw(st.booleans()), "baseline": data.draw(st.sampled_from([None, 5]))}
    assume(choices["baseline"] is None or all(any(v is not None for v in column[:5]) for column in series))
    found = charts(series, kind, sizes, **choices)
    for place, column in enumerate(series):
        made = chart(column, kind, sizes and sizes[place], **choices)
        run, m = made.runs[0], len(made)
        assert np.allclose(found.values[place, :m], made.points.values, equal_nan=True)
        for mine, its in zip(vars(found.limits).values(), vars(made.limits).values(), strict=True):
            assert np.allclose(mine[place, :m], its, rtol=1e-12, atol=1e-12, equal_nan=True)
        assert found.lengths[place] == m
        if run.useful:
            assert [found.useful[place], found.longest[place], found.crossings[place]] == [
                run.useful,
                run.longest,
                run.crossings,
            ]
            assert bool(found.runs_signal[place]) is run.signal
        assert bool(found.no_variation[place]) is any(note.code == "no_variation" for note in made.notes)


anything = st.one_of(
    st.none(),
    st.floats(),
    st.integers(),
    st.text(max_size=3),
    st.booleans(),
    st.dates(),
    st.just(float("inf")),
)


@given(
    st.lists(anything, max_size=12),
    st.one_of(st.none(), st.lists(anything, max_size=12)),
    st.one_of(st.none(), st.lists(anything, max_size=12)),
    st.sampled_from(
        ["run", "i", "mr", "ip", "xbar", "s", "t", "p", "pp", "np", "c", "u", "up", "g", "r", "xbar-r"]
    ),
    st.sampled_from(["qicharts2", "making-data-count", "pbcharts"]),
)
def test_any_input_gives_a_chart_or_a_refusal_never_a_crash(values, sizes, periods, kind, preset):
    try:
        made = chart(values, kind, sizes, periods, preset=preset, direction="increase", target=1)
    except EngineError:
        return
    assert len(made.point_types) == len(made) == len(made.centre)
    assert str(made)
