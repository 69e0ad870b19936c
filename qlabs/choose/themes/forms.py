import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from qlabs.base.ui import fields
from qlabs.base.ui.forms import Form
from qlabs.base.ui.words import printable

from .models import EVIDENCE_LINKS, SUITABILITY, SUMMARY_LENGTH, SUMMARY_WORDS

ANSWERS = [("yes", _("Yes")), ("no", _("No")), ("", _("Not sure"))]
HARMLESS = {"required", "max_words"}


class LinkField(fields.CharField):
    """A web address, http or https only; “www.” alone is forgiven."""

    input_type = "url"
    spellcheck = False
    is_on_the_web = URLValidator(
        schemes=["http", "https"], message=_("Enter a web address that starts with https://")
    )

    def to_python(self, value):
        value = super().to_python(value)
        return f"https://{value}" if value and re.match(r"[\w-]+(\.[\w-]+)+", value) else value

    def run_validators(self, value):
        super().run_validators(value)
        if value:
            self.is_on_the_web(value)


class ThemeForm(Form):
    title = fields.CharField(
        label=_("Title"),
        help_text=_("A few words that name the challenge, such as “Waiting well for surgery”."),
        max_length=150,
        required_message=_("Enter a title"),
    )
    summary = fields.TextField(
        label=_("Summary"),
        help_text=_("What is the challenge? Use plain words: everybody who votes reads this."),
        max_words=SUMMARY_WORDS,
        max_length=SUMMARY_LENGTH,
        required_message=_("Enter a summary"),
    )
    why_now = fields.TextField(label=_("Why now?"), required=False, max_length=2000, rows=4)
    who_is_affected = fields.TextField(label=_("Who is affected?"), required=False, max_length=2000, rows=4)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for key, question in SUITABILITY.items():
            self.fields[key] = fields.ChoiceField(
                label=question, choices=ANSWERS, required=False, mark_optional=False, inline=True, small=True
            )
            self.fields[f"{key}-note"] = fields.CharField(
                label=_("Add a note"), required=False, max_length=300, label_size=None
            )
        for number in range(1, EVIDENCE_LINKS + 1):
            self.fields[f"link-{number}"] = LinkField(
                label=_("Web address %(number)s") % {"number": number},
                required=False, mark_optional=False, max_length=500,
            )  # fmt: skip
            self.fields[f"link-{number}-title"] = fields.CharField(
                label=_("What it is"), required=False, mark_optional=False, max_length=200
            )

    @classmethod
    def initial_of(cls, theme, evidence):
        """What the form shows for a theme that exists."""
        initial = {name: getattr(theme, name) for name in cls.base_fields}
        for key in SUITABILITY:
            given = theme.suitability.get(key, {})
            initial |= {key: given.get("answer", ""), f"{key}-note": given.get("note", "")}
        for number, row in enumerate(evidence, start=1):
            initial |= {f"link-{number}": row.url, f"link-{number}-title": row.title}
        return initial

    def sections(self):
        """The optional parts: (id, words, whether anything is in them, the fields)."""
        numbers = range(1, EVIDENCE_LINKS + 1)
        parts = [
            ("more", _("Why now and who is affected"), ["why_now", "who_is_affected"]),
            ("suitability", _("Is it right for a lab? Five short questions"), _in_pairs(SUITABILITY, "note")),
            (
                "evidence",
                _("What is already known: links"),
                _in_pairs([f"link-{n}" for n in numbers], "title"),
            ),
        ]
        for id_, words, names in parts:
            bounds = [self[name] for name in names]
            yield id_, words, any(bound.value() or bound.errors for bound in bounds), bounds

    def clean(self):
        for number in range(1, EVIDENCE_LINKS + 1):
            has_title = self.cleaned_data.get(f"link-{number}-title")
            if has_title and self.cleaned_data.get(f"link-{number}") == "":
                self.add_error(
                    f"link-{number}", ValidationError(_("Enter the web address too"), code="no_address")
                )

    def may_be_draft(self):
        """Nothing is wrong but what a draft may still lack."""
        codes = {error.code for errors in self.errors.as_data().values() for error in errors}
        return codes <= HARMLESS

    def content(self):
        """What an action takes. Where a field is wrong, as much of what was typed as a draft can hold."""
        texts = {name: self._text(name) for name in self.base_fields}
        return texts | {"suitability": self._suitability(), "evidence": self._evidence()}

    def _text(self, name):
        if name in self.cleaned_data:
            return self.cleaned_data[name]
        return printable(self.data.get(name, "")).strip()[: self.fields[name].max_length]

    def _suitability(self):
        given = {
            key: {"answer": self.cleaned_data.get(key, ""), "note": self._text(f"{key}-note")}
            for key in SUITABILITY
        }
        return {key: one for key, one in given.items() if one["answer"] or one["note"]}

    def _evidence(self):
        numbers = range(1, EVIDENCE_LINKS + 1)
        links = [(self._text(f"link-{n}-title"), self.cleaned_data.get(f"link-{n}")) for n in numbers]
        return [(title or url[:200], url) for title, url in links if url]


def _in_pairs(names, second):
    return [name for first in names for name in (first, f"{first}-{second}")]


class CommentForm(Form):
    text = fields.TextField(
        label=_("Your comment"), max_length=2000, rows=4, required_message=_("Enter a comment")
    )


class ReasonForm(Form):
    """Why a theme is withdrawn or a comment hidden; people read it."""

    def __init__(self, *args, max_length=1000, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"] = fields.TextField(
            label=_("Reason"),
            help_text=_("Everybody who can see the theme can read this."),
            max_length=max_length,
            rows=3,
            required_message=_("Enter a reason"),
        )
