from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qlabs.base.ui import fields
from qlabs.base.ui.fields.date import parse_time
from qlabs.base.ui.forms import Form
from qlabs.base.ui.words import LONDON

AB = [("a", "Apple"), ("b", "Bread")]
hostile = st.text(alphabet=st.characters(exclude_categories=()), max_size=60) | st.sampled_from(
    [
        "\x00",
        "\ud800",
        "a\x00b",
        "9" * 5000,
        "NaN",
        "-Infinity",
        "1e999",
        "٣",
        "0x10",
        "<script>",
        "{{ 7*7 }}",
        "%(x)s",
    ]
)


class Everything(Form):
    title = fields.CharField(label="Title", required_message="Enter a title")
    email = fields.EmailField(label="Email address", required=False)
    summary = fields.TextField(label="Summary", max_words=3)
    nation = fields.ChoiceField(label="Nation", choices=AB, hints={"a": "Green"})
    kind = fields.SelectField(label="Kind", choices=AB)
    skills = fields.MultiChoiceField(label="Skills", choices=AB)
    agree = fields.BooleanField(label="I agree")
    starts = fields.DateField(label="Start")
    closes = fields.DateTimeField(label="Closing time")
    file = fields.FileField(label="File", accept=(".csv",), max_megabytes=1)
    places = fields.IntegerField(label="Places")
    budget = fields.PoundsField(label="Budget")


NAMES = [
    *("title", "email", "summary", "nation", "kind", "skills", "agree", "places", "budget"),
    *(f"starts-{part}" for part in ("day", "month", "year")),
    *(f"closes-{part}" for part in ("day", "month", "year", "time")),
]
GOOD = {
    "title": " Asthma ",
    "email": "jo@example.com",
    "summary": "one\r\ntwo three",
    "nation": "b",
    "kind": "a",
    "skills": ["a", "b"],
    "agree": "on",
    "starts-day": "1",
    "starts-month": "March",
    "starts-year": "2017",
    "closes-day": "27",
    "closes-month": "3",
    "closes-year": "2017",
    "closes-time": "5pm",
    "places": "1,200",
    "budget": "£1,250.5",
}


def csv(name="members.csv", content=b"name"):
    return {"file": SimpleUploadedFile(name, content)}


def page(form):
    return "".join(bound.as_field_group() for bound in form)


def errors_of(field, value, files=None):
    form = type("One", (Form,), {"x": field})(value if isinstance(value, dict) else {"x": value}, files)
    return form.errors.get("x", [])


def test_good_answers_are_cleaned():
    files = csv()
    form = Everything(GOOD, files)
    assert form.errors == {}
    assert form.cleaned_data == {
        "title": "Asthma",
        "email": "jo@example.com",
        "summary": "one\ntwo three",
        "nation": "b",
        "kind": "a",
        "skills": ["a", "b"],
        "agree": True,
        "starts": date(2017, 3, 1),
        "closes": datetime(2017, 3, 27, 17, tzinfo=LONDON),
        "file": files["file"],
        "places": 1200,
        "budget": Decimal("1250.5"),
    }


def test_nothing_entered_says_what_to_do_for_each_field():
    assert Everything({}, {}).errors == {
        "title": ["Enter a title"],
        "summary": ["Summary: enter an answer"],
        "nation": ["Nation: select an option"],
        "kind": ["Kind: select an option"],
        "skills": ["Skills: select at least one option"],
        "agree": ["I agree: tick the box to go on"],
        "starts": ["Start: enter a date"],
        "closes": ["Closing time: enter a date and time"],
        "file": ["File: select a file"],
        "places": ["Places: enter a number"],
        "budget": ["Budget: enter an amount in pounds"],
    }


def test_error_links_lead_to_inputs_on_the_page():
    form = Everything({"starts-day": "1", "starts-year": "2017"}, {})
    html = page(form)
    links = [href for href, _ in form.error_links()]
    assert "#id_starts-month" in links
    assert [href for href in links if f'id="{href[1:]}"' not in html] == []


@pytest.mark.parametrize(
    ("day", "month", "year", "error"),
    [
        ("27", "", "2017", "Start must include a month"),
        ("", "", "2017", "Start must include a day and month"),
        ("31", "2", "2017", "Start must be a date that exists"),
        ("32", "3", "2017", "Start must include a real day"),
        ("1", "Brumaire", "2017", "Start must include a real month"),
        ("1", "3", "17", "Start must include a real year"),
        ("1", "3", "9" * 5000, "Start must include a real year"),
        ("\x00", "3", "2017", "Start must include a real day"),
    ],
)
def test_a_date_error_names_the_wrong_part(day, month, year, error):
    posted = {"x-day": day, "x-month": month, "x-year": year}
    assert errors_of(fields.DateField(label="Start"), posted) == [error]


def test_only_the_wrong_box_is_marked():
    form = Everything({"starts-day": "1", "starts-year": "2017"}, {})
    assert form["starts"].as_field_group().count("nhsuk-input--error") == 1


def test_a_date_has_limits():
    field = fields.DateField(label="Start", earliest=date(2017, 1, 1), latest=date(2017, 12, 31))
    early = {"x-day": "31", "x-month": "12", "x-year": "2016"}
    late = {"x-day": "1", "x-month": "1", "x-year": "2018"}
    assert errors_of(field, early) == ["Start must not be before Sunday 1 January 2017"]
    assert errors_of(field, late) == ["Start must not be after Sunday 31 December 2017"]


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [("5pm", 17, 0), ("5:30 PM", 17, 30), ("5.30pm", 17, 30), ("17:00", 17, 0), ("0930", 9, 30), ("12am", 0, 0),
     ("12pm", 12, 0), ("midday", 12, 0), ("midnight", 0, 0), ("5 p.m.", 17, 0)],
)  # fmt: skip
def test_times_are_read_as_people_write_them(text, hour, minute):
    assert (parse_time(text).hour, parse_time(text).minute) == (hour, minute)


@pytest.mark.parametrize("text", ["", "5", "17pm", "0pm", "25:00", "12:60", "five", "5pm\x00", "٥pm"])
def test_what_is_not_a_time_is_refused(text):
    with pytest.raises(ValueError):
        parse_time(text)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        (fields.CharField(label="T", max_length=3), "abcd", "Use 3 characters or fewer"),
        (fields.CharField(label="T"), "a\x00b", "Remove the characters that cannot be shown"),
        (fields.TextField(label="T"), "a\ud800b", "Remove the characters that cannot be shown"),
        (fields.TextField(label="T", max_words=2), "one two three", "Use 2 words or fewer"),
        (
            fields.EmailField(label="E"),
            "jo at example",
            "Enter an email address in the correct format, like name@example.com",
        ),
        (fields.ChoiceField(label="C", choices=AB), "zebra", "Select one of the options shown"),
        (fields.MultiChoiceField(label="C", choices=AB), ["a", "zebra"], "Select one of the options shown"),
        (fields.IntegerField(label="N"), "1.5", "Enter a whole number, like 12"),
        (fields.IntegerField(label="N"), "-1", "Enter 0 or more"),
        (fields.IntegerField(label="N"), "3000000000", "Enter 2147483647 or less"),
        (fields.PoundsField(label="P"), "NaN", "Enter an amount in pounds, like 1,250 or 1,250.50"),
        (fields.PoundsField(label="P"), "1.555", "Enter an amount in pounds, like 1,250 or 1,250.50"),
    ],
)
def test_a_wrong_answer_says_what_to_do(field, value, error):
    assert errors_of(field, value) == [error]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("members.exe", b"x", "Select a file that ends in .csv"),
        ("members.csv", b"", "The selected file is empty. Select another"),
        ("members.csv", b"x" * 1_000_001, "Select a file smaller than 1 MB"),
        ("m\x00.csv", b"x", "Remove the characters that cannot be shown"),
    ],
)
def test_a_wrong_file_says_what_to_do(name, content, error):
    field = fields.FileField(label="F", accept=(".csv",), max_megabytes=1)
    assert errors_of(field, {}, {"x": SimpleUploadedFile(name, content)}) == [error]


class Row:
    def __init__(self, pk):
        self.pk = pk

    def __str__(self):
        return f"Row {self.pk}"


def test_a_row_field_gives_the_row_and_shows_it_again():
    rows = [Row(1), Row(2)]
    form = type("One", (Form,), {"x": fields.RowField(label="R", rows=rows)})
    bound = form({"x": "2"})
    assert (bound.is_valid(), bound.cleaned_data["x"]) == (True, rows[1])
    assert form({"x": "3"}).errors == {"x": ["Select one of the options shown"]}
    assert 'value="2" checked' in form(initial={"x": rows[1]})["x"].as_field_group()


def test_optional_fields_say_so_and_give_nothing():
    form = type("One", (Form,), {"x": fields.DateField(label="Start", required=False)})
    assert (form({}).is_valid(), "Start (optional)" in form()["x"].as_field_group()) == (True, True)


def test_what_was_typed_is_shown_again_and_escaped():
    form = Everything({**GOOD, "title": '"><script>', "starts-day": '"><b>'}, csv())
    html = page(form)
    assert ("<script>" in html, "<b>" in html, "&lt;script&gt;" in html) == (False, False, True)


def test_a_saved_moment_comes_back_in_its_boxes():
    html = Everything(initial={"closes": datetime(2017, 3, 27, 17, tzinfo=LONDON)})["closes"].as_field_group()
    assert [f'value="{part}"' in html for part in ("27", "3", "2017", "5pm")] == [True] * 4


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, hostile)))
def test_no_text_breaks_a_form_or_its_page(posted):
    form = Everything(posted, {})
    assert form.is_valid() is False
    page(form).encode()


@settings(max_examples=40, deadline=None)
@given(hostile)
def test_what_a_text_field_accepts_any_database_can_store(text):
    form = type("One", (Form,), {"x": fields.CharField(label="T", max_length=None)})({"x": text})
    if form.is_valid():
        assert "\x00" not in form.cleaned_data["x"]
        form.cleaned_data["x"].encode()
