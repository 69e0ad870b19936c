from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qlabs.base.core import apart
from qlabs.base.ui import fields
from qlabs.base.ui.forms import Form

from . import pictures

WHAT_IS_WRONG = {
    "broken": _("Select a picture that is a JPEG, PNG or WebP file. This one could not be read"),
    "too_many_pixels": _(
        "Select a picture with fewer than 40 million pixels, and at most 20,000 pixels a side"
    ),
    "too_much": _("Select a picture with fewer pixels. This one is too large to be read"),
    "too_long": _("Select a picture with fewer pixels. Reading this one took too long"),
    "busy": _("Another picture is being read just now. Wait a minute, then select yours again"),
}


class PictureField(fields.FileField):
    """A picture; cleans to pictures.Clean."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, accept=(".jpg", ".jpeg", ".png", ".webp"), max_megabytes=10, **kwargs)

    def to_python(self, data):
        file = super().to_python(data)
        if file is None:
            return None
        try:
            facts, content = apart.read("qlabs.across.story.pictures:read", file.read())
            return pictures.Clean(content, **facts)
        except apart.Unreadable as problem:
            raise ValidationError(WHAT_IS_WRONG[problem.code], code=problem.code) from problem


class EntryForm(Form):
    title = fields.CharField(label=_("Title"), max_length=150, required_message=_("Enter a title"))
    happened_on = fields.DateField(
        label=_("When did it happen?"),
        help_text=_("For example, 27 3 2027. This day places the entry in the story."),
        required_message=_("Enter the day it happened"),
    )
    period = fields.CharField(
        label=_("When, in words"),
        help_text=_(
            "Shown instead of the day, such as “Spring 2016”, when the day is not known or not important."
        ),
        required=False,
        max_length=60,
        width=20,
    )
    text = fields.TextField(
        label=_("What happened"),
        help_text=_(
            "Leave a line empty to start a paragraph. A web address in [words](https://…) becomes a link."
        ),
        required=False,
        max_length=10_000,
        rows=8,
    )
    picture = PictureField(
        label=_("Add a picture"),
        help_text=_(
            "JPEG, PNG or WebP, up to 10 MB. Ask the people in it first. Place and camera data are removed."
        ),
        required=False,
    )
    alt = fields.CharField(
        label=_("What the picture shows"),
        help_text=_("For people who cannot see it. Needed with each picture."),
        required=False,
        mark_optional=False,
        max_length=300,
    )
    caption = fields.CharField(label=_("Caption"), required=False, max_length=300)

    def clean(self):
        has_picture = self.cleaned_data.get("picture")
        if has_picture and not self.cleaned_data.get("alt"):
            self.add_error("alt", ValidationError(_("Say in words what the picture shows"), code="required"))

    @classmethod
    def initial_of(cls, entry):
        return {name: getattr(entry, name) for name in ("title", "happened_on", "period", "text")}

    def content(self):
        """What an action takes."""
        words = {name: self.cleaned_data[name] for name in ("title", "happened_on", "period", "text")}
        image = self.cleaned_data["picture"]
        given = (image, self.cleaned_data["alt"], self.cleaned_data["caption"]) if image else None
        return words | {"picture": given}
