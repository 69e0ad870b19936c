"""What cannot be drawn from is refused, and its row is named."""

import pytest

from labengines.lottery import Person, Quota, errors, feasible
from labengines.lottery.tests.pools import pool_of, quotas_of

POOL = pool_of(("f", "x"), ("m", "x"), ("f", "y"))
QUOTAS = quotas_of(sex=(("f", 1, 1), ("m", 1, 1)), age=(("x", 0, 2), ("y", 0, 2)))


def refusal(pool=POOL, quotas=QUOTAS, size=2, **how):
    with pytest.raises(errors.EngineError) as caught:
        feasible(pool, quotas, size, **how)
    return caught.value.code, caught.value.params


@pytest.mark.parametrize(
    ("given", "code", "params"),
    [
        ({"pool": [*POOL, Person(" ", POOL[0].traits)]}, "blank_id", {"row": 4}),
        ({"pool": [*POOL, POOL[1]]}, "doubled_id", {"row": 4, "first": 2, "id": "p2"}),
        (
            {"pool": [POOL[0], Person("q", {"sex": "F", "age": "x"})]},
            "unknown_value",
            {"row": 2, "id": "q", "trait": "sex", "value": "F", "choices": ("f", "m")},
        ),
        (
            {"pool": [POOL[0], Person("q", {"sex": "f"})]},
            "unknown_value",
            {"row": 2, "id": "q", "trait": "age", "value": "", "choices": ("x", "y")},
        ),
        ({"quotas": [*QUOTAS, Quota("town", "a", 0, 1)]}, "missing_trait", {"trait": "town"}),
        ({"one_per": "home"}, "missing_trait", {"trait": "home"}),
        ({"quotas": [*QUOTAS, QUOTAS[0]]}, "quota_twice", {"row": 5, "trait": "sex", "value": "f"}),
        ({"size": 0}, "size_out_of_range", {"size": 0, "pool": 3}),
        ({"size": 4}, "size_out_of_range", {"size": 4, "pool": 3}),
    ],
)
def test_a_fault_is_named_with_its_row(given, code, params):
    assert refusal(**given) == (f"lottery.{code}", params)


@pytest.mark.parametrize(("least", "most"), [(2, 1), (-1, 1), (0.5, 1)])
def test_bounds_must_be_whole_and_in_order(least, most):
    code, params = refusal(quotas=[Quota("sex", "f", least, most), *QUOTAS[1:]])
    assert (code, params["row"]) == ("lottery.quota_malformed", 1)
