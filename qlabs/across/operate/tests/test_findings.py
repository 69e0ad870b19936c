import pytest

from qlabs.across.operate.proofs.findings import Finding, tried_twice


def finding(**scores):
    over = tuple(name for name, score in scores.items() if score > 4)
    return Finding("nobody joins", "sqlite", scores, not over, over, max(scores.values()) >= 10)


@pytest.mark.parametrize(
    ("first", "second", "holds", "figures"),
    [
        ({"dump": 1, "files": 4}, None, True, {"dump": 1, "files": 4}),
        ({"dump": 5, "files": 1}, {"dump": 2, "files": 0}, True, {"dump": 2, "files": 0}),
        ({"dump": 5, "files": 1}, {"dump": 0, "files": 5}, True, {"dump": 0, "files": 5}),
        ({"dump": 5, "files": 6}, {"dump": 0, "files": 5}, False, {"dump": 0, "files": 5}),
        ({"dump": 5, "files": 1}, {"dump": 0, "files": 40}, False, {"dump": 0, "files": 40}),
        ({"dump": 40, "files": 1}, None, False, {"dump": 40, "files": 1}),
    ],
)
def test_a_bar_is_broken_that_is_broken_twice(first, second, holds, figures):
    tries = iter([finding(**first), *([finding(**second)] if second else [])])
    found = tried_twice(lambda: next(tries))
    before = ", ".join(f"{name} {score}" for name, score in first.items() if score > 4)
    assert found.holds is holds
    assert found.figures == figures | ({"over in a first try": before} if second else {})
