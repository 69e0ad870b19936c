from datetime import date

import pytest

from qlabs.base.lab import stages, templates


def test_a_stage_opens_at_nine_in_london_in_summer_too():
    moments = templates.moments(templates.BY_KEY["short-lab"], date(2017, 5, 1))
    assert moments["choose"][0].isoformat() == "2017-05-01T09:00:00+01:00"


@pytest.mark.parametrize(
    ("ends", "warned"),
    [
        (date(2017, 7, 10), True),
        (date(2017, 10, 9), False),
        (date(2018, 1, 8), False),
        (date(2018, 3, 5), True),
    ],
)
def test_a_length_outside_nine_to_twelve_months_is_said(ends, warned):
    assert bool(templates.length_warning(date(2017, 1, 9), ends)) == warned


@pytest.mark.parametrize("template", templates.TEMPLATES, ids=lambda template: template.key)
def test_every_template_plans_all_stages_within_its_weeks(template):
    assert list(template.plan) == list(stages.BY_KEY)
    assert all(0 <= first < last <= template.weeks for first, last in template.plan.values())
    assert max(last for _first, last in template.plan.values()) == template.weeks
