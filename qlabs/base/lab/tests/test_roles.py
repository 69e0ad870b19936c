from pathlib import Path

import pytest
import rules

from qlabs.base.lab import roles
from qlabs.base.lab.roles import Situation, answer, cell, conditions
from qlabs.base.lab.tests.test_rules import EVERYBODY, MAY

OPEN, CLOSED = Situation(), Situation(open=False)


def test_the_committed_table_is_what_the_rules_say():
    committed = (Path(__file__).parents[4] / "docs" / "roles.md").read_text(encoding="utf-8")
    assert committed == roles.page(), "run: qlabs roles --write"


def test_the_table_has_every_role():
    assert set(roles.ROLES) == EVERYBODY


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("always_allow", True),
        ("is_operator", False),
        ("~is_operator", True),
        ("(has_role:lead|coach & stage_is_open:themes)", True),
        ("((is_operator | is_on_team) & ~is_draft)", None),
        ("(is_operator & is_draft)", False),
        ("(is_on_team | is_draft)", True),
        ("(is_on_team ^ is_operator)", True),
    ],
)
def test_a_rule_is_read_from_its_name(rule, expected):
    assert answer(rule, "coach", OPEN) is expected


def test_a_rule_that_cannot_be_read_is_a_mistake():
    with pytest.raises(ValueError, match="cannot be read"):
        answer("is_operator is_draft", "coach", OPEN)


def test_the_cell_says_until_when_and_where():
    assert cell("(is_signed_in & stage_is_open:themes)", "member") == "yes, while open"
    assert cell("can_see_lab", "stranger") == "yes, in public labs"
    assert cell("(is_draft & is_on_team)", "coach") == "if"
    assert cell("is_operator", "coach") == "–"


def test_conditions_are_the_words_that_base_does_not_know():
    assert conditions("((is_draft & is_on_team) | (is_proposer & ~is_draft))") == ["is_draft", "is_proposer"]


def test_the_table_in_memory_agrees_with_the_tested_rules():
    for act, allowed in MAY.items():
        rule = rules.permissions.permissions[act].name
        assert {role for role in roles.ROLES if answer(rule, role, CLOSED)} == allowed
