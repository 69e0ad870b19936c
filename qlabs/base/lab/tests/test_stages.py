from datetime import datetime, timedelta

import pytest

from qlabs.base.lab import stages
from qlabs.base.lab.models import StageDates
from qlabs.base.ui.words import LONDON

from .factories import LabFactory

OPENS, CLOSES = datetime(2017, 3, 1, 9, tzinfo=LONDON), datetime(2017, 3, 27, 17, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("opens", "closes", "at", "expected"),
    [
        (OPENS, CLOSES, OPENS.replace(hour=8), False),
        (OPENS, CLOSES, OPENS, True),
        (OPENS, CLOSES, CLOSES, False),
        (OPENS, None, CLOSES, True),
        (None, CLOSES, OPENS, False),
    ],
)
def test_a_stage_is_open_from_its_opening_to_just_before_its_closing(opens, closes, at, expected):
    assert stages.is_open(StageDates(opens_at=opens, closes_at=closes), at) is expected


def test_a_stage_without_dates_is_closed():
    assert stages.is_open(None, OPENS) is False


@pytest.mark.django_db
def test_no_stage_of_an_archived_lab_is_open():
    running, archived = LabFactory(open="choose"), LabFactory(open="choose", archived=True)
    assert stages.is_open_in(running, "choose", at=OPENS)
    assert not stages.is_open_in(archived, "choose", at=OPENS)


@pytest.mark.django_db
def test_the_stages_of_a_lab_close_with_its_last_day():
    lab = LabFactory(open="choose", forty_weeks=True)
    midnight = datetime(2017, 10, 17, tzinfo=LONDON)
    found = [stages.is_open_in(lab, "choose", at=at) for at in (midnight - timedelta(minutes=1), midnight)]
    assert found == [True, False]


def test_every_tool_belongs_to_one_stage():
    apps = [app for stage in stages.STAGES for app in stage.apps]
    assert len(apps) == len(set(apps)) == len(stages.OF_APP)
