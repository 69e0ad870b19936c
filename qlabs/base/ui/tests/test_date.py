"""Times that the clocks show twice or never, and midnight."""

from datetime import UTC, datetime

import pytest

from qlabs.base.ui import fields
from qlabs.base.ui.forms import Form
from qlabs.base.ui.tests.test_fields import errors_of
from qlabs.base.ui.words import LONDON


def at(day, month, clock):
    return {"x-day": day, "x-month": month, "x-year": "2017", "x-time": clock}


def moment_of(field, posted):
    form = type("One", (Form,), {"x": field})(posted)
    assert form.errors == {}
    return form.cleaned_data["x"]


def test_the_hour_that_the_clocks_skip_is_refused_and_the_hours_around_it_offered():
    expected = [
        "Closing does not exist, as the clocks go forward that night. Enter 12:30am or 2:30am",
    ]
    assert errors_of(fields.DateTimeField(label="Closing"), at("26", "3", "1:30am")) == expected


def test_the_hour_that_comes_twice_is_asked_about_and_either_can_be_entered():
    field = fields.DateTimeField(label="Closing")
    expected = [
        "Closing comes twice, as the clocks go back that night. Enter 1:30am BST or 1:30am GMT",
    ]
    assert errors_of(field, at("29", "10", "1:30am")) == expected
    assert moment_of(field, at("29", "10", "1:30am BST")).astimezone(UTC).hour == 0
    assert moment_of(field, at("29", "10", "1.30 gmt")).astimezone(UTC).hour == 1


def test_a_time_that_comes_once_is_in_uk_time():
    field = fields.DateTimeField(label="Closing")
    assert moment_of(field, at("1", "7", "5pm BST")) == moment_of(field, at("1", "7", "5pm"))
    expected = ["Closing must be in UK time, without GMT or BST"]
    assert errors_of(field, at("1", "7", "5pm GMT")) == expected


@pytest.mark.parametrize("midnight", ["midnight", "12am", "0:00", "00.00", "12:00 a.m."])
def test_midnight_is_the_end_of_the_day_where_something_ends(midnight):
    posted = at("31", "12", midnight)
    ends, opens = fields.DateTimeField(label="X", ends=True), fields.DateTimeField(label="X")
    assert moment_of(ends, posted) == datetime(2017, 12, 31, 23, 59, tzinfo=LONDON)
    assert moment_of(opens, posted) == datetime(2017, 12, 31, tzinfo=LONDON)


def test_an_end_that_was_kept_at_midnight_is_shown_as_the_last_minute_of_the_day_before():
    form = type("One", (Form,), {"x": fields.DateTimeField(label="X", ends=True)})
    html = form(initial={"x": datetime(2018, 1, 1, tzinfo=LONDON)})["x"].as_field_group()
    assert [value in html for value in ('value="31"', 'value="12"', 'value="2017"', 'value="11:59pm"')] == [
        True
    ] * 4
