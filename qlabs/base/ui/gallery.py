"""Samples of every component and every field, empty, filled and in error, for the page at /ui/."""

from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from qlabs.base.ui import fields
from qlabs.base.ui.forms import Form
from qlabs.base.ui.paging import paginate

NATIONS = [("england", _("England")), ("scotland", _("Scotland")), ("wales", _("Wales"))]


class SampleForm(Form):
    title = fields.CharField(
        label=_("Title"), help_text=_("A short name"), required_message=_("Enter a title")
    )
    email = fields.EmailField(label=_("Email address"), required=False)
    summary = fields.TextField(label=_("Summary"), max_words=80, required_message=_("Enter a summary"))
    notes = fields.TextField(label=_("Notes"), required=False, rows=3)
    nation = fields.ChoiceField(
        label=_("Nation"), choices=NATIONS, hints={"wales": _("Pages in Welsh will follow")},
        required_message=_("Select a nation"),
    )  # fmt: skip
    kind = fields.SelectField(
        label=_("Type of organisation"), choices=[("nhs", _("NHS")), ("charity", _("Charity"))]
    )
    skills = fields.MultiChoiceField(
        label=_("Skills"), choices=[("qi", _("Improvement")), ("design", _("Design"))],
        required_message=_("Select at least one skill"),
    )  # fmt: skip
    agree = fields.BooleanField(label=_("I have read how my vote stays secret"))
    starts = fields.DateField(label=_("Start"), help_text=_("For example, 27 3 2027"))
    closes = fields.DateTimeField(
        label=_("Closing time"), ends=True, help_text=_("For example, 27 3 2027, 5pm")
    )
    members = fields.FileField(label=_("File of members"), accept=(".csv", ".xlsx"))
    places = fields.IntegerField(label=_("Number of places"), max_value=500)
    budget = fields.PoundsField(label=_("Budget"))


FILLED = {
    "title": "Living with several conditions",
    "email": "jo@example.com",
    "summary": "People with several conditions meet many services that do not speak to each other.",
    "notes": "Two lines\nof notes",
    "nation": "wales",
    "kind": "charity",
    "skills": ["qi", "design"],
    "agree": True,
    "starts": datetime(2017, 3, 27, tzinfo=UTC).date(),
    "closes": datetime(2017, 3, 27, 16, tzinfo=UTC),
    "places": 25,
    "budget": 1250,
}
WRONG = {
    "title": "",
    "email": "jo at example",
    "summary": "word " * 81,
    "nation": "atlantis",
    "starts-day": "27",
    "starts-year": "2017",
    "closes-day": "30",
    "closes-month": "2",
    "closes-year": "2017",
    "closes-time": "5pm",
    "places": "many",
    "budget": "lots",
}

STEPS = [
    {"key": "choose", "name": _("Choose a theme"), "status": "done", "dates": _("January to March 2017")},
    {"key": "frame", "name": _("Frame the challenge"), "status": "open", "dates": _("until 12 May 2017"),
     "note": _("1 of 2 workshops held")},
    {"key": "understand", "name": _("Understand it"), "status": "later", "dates": _("from May 2017")},
    {"key": "generate", "name": _("Generate ideas"), "status": "later"},
    {"key": "improve", "name": _("Test and improve"), "status": "later"},
    {"key": "share", "name": _("Share learning"), "status": "later"},
]  # fmt: skip
SIX = [
    {"key": step["key"], "name": step["name"], "does": does}
    for step, does in zip(
        STEPS,
        [
            _("The community votes in secret."),
            _("A diverse group agrees one challenge."),
            _("Research and lived experience come together."),
            _("Ideas grow from what was learnt."),
            _("Sites try ideas in small steps."),
            _("What worked, and what did not, is told."),
        ],
        strict=True,
    )
]
BAND = {
    "title": _("Living well with several conditions"),
    "href": "#band",
    "stage": "frame",
    "steps": STEPS,
    "note": _("Stage 2 of 6: Frame the challenge, week 12 of 40"),
    "tabs": [(_("Overview"), "#band", True), (_("Themes"), "#cards", False), (_("Story"), "#story", False)],
    "here": _("Overview"),
    "path": "#band",
}
CARDS = [
    {"title": _("Living well with several conditions"), "href": "#cards", "stage": "choose",
     "stage_name": _("Choose a theme"), "week": _("week 6 of 40"),
     "text": _("Which theme should the community work on this year?"),
     "action": (_("Read the five themes"), "#cards")},
    {"title": _("Asthma in schools"), "href": "#cards", "stage": "improve", "stage_name": _("Test and improve"),
     "week": _("week 31 of 40"), "text": _("How might every school know what to do when a child cannot breathe?")},
]  # fmt: skip
RESULT = [
    {"name": _("Skills for improvement"), "value": 12},
    {"name": _("Empowering people to manage their own health and care needs"), "value": 61},
    {"name": _("Moving between services"), "value": 40},
    {"name": _("Loneliness"), "value": 36},
    {"name": _("A theme few people chose"), "value": None},
]
PEOPLE = [
    {"name": _("England"), "value": 312},
    {"name": _("Scotland"), "value": 71},
    {"name": _("Wales"), "value": 48},
    {"name": _("Northern Ireland"), "value": None},
]
STORY = [
    {"anchor": "entry-2", "at": datetime(2017, 3, 27, 16, tzinfo=UTC), "kind": "generated", "href": "#entry-2",
     "title": _("The vote closed: 149 people took part"), "stage": "choose", "stage_name": _("Choose a theme")},
    {"anchor": "entry-1", "at": datetime(2016, 3, 9, 9, tzinfo=UTC), "kind": "written", "href": "#entry-1",
     "title": _("We showed the idea in Leeds"),
     "html": Markup("<p>Forty people came and told us what a lab must not be.</p>")},
]  # fmt: skip
ROWS = [
    {"key": _("Question"), "value": _("Which theme should we work on?"), "href": "#summary"},
    {"key": _("Closes"), "value": _("Monday 27 March 2017, 5pm")},
]
FILTERS = [{"name": "nation", "label": _("Nation"), "options": [("", _("All nations")), *NATIONS]}]


def context(request):
    """Everything the gallery page shows."""
    return {
        "empty": SampleForm(prefix="empty"),
        "filled": SampleForm(initial=FILLED, prefix="filled"),
        "wrong": SampleForm({f"wrong-{name}": value for name, value in WRONG.items()}, {}, prefix="wrong"),
        "sample_band": BAND,
        "steps": STEPS,
        "six": SIX,
        "cards": CARDS,
        "result": RESULT,
        "people": PEOPLE,
        "story": STORY,
        "rows": ROWS,
        "filters": FILTERS,
        "page": paginate(range(1, 451), request),
    }
