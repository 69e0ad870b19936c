"""What every field of ours shares."""

from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _


class Component:
    """What a field of ours knows besides Django's: how its component looks and what its errors say.

    required_message: what to do when nothing was entered ("Enter a title"); else made from the label.
    label_size: s, m, l or xl; page_heading: the label is the h1 of the page.
    mark_optional: add "(optional)" where required=False. hide_label: for screen readers only.
    """

    required_message = _("Enter an answer")
    label_size = "s"
    mark_optional = True

    def __init__(
        self, *args, required_message=None, label_size=None, page_heading=False,
        mark_optional=None, hide_label=False, autocomplete="", **kwargs,
    ):  # fmt: skip
        asked = required_message or _Asked(kwargs.get("label"), self.required_message)
        messages = {"required": lazystr(asked)}
        kwargs["error_messages"] = messages | (kwargs.get("error_messages") or {})
        self.page_heading = page_heading
        self.label_size = label_size or ("l" if page_heading else self.label_size)
        self.mark_optional = self.mark_optional if mark_optional is None else mark_optional
        self.hide_label = hide_label
        self.autocomplete = autocomplete
        super().__init__(*args, template_name=self.template_name, **kwargs)

    def params(self, bound):
        """The parameters of the NHS.UK macro for this bound field."""
        raise NotImplementedError


class _Asked:
    """ "Title: enter an answer", in the language of the moment."""

    def __init__(self, label, words):
        self.label, self.words = label, words

    def __str__(self):
        words = str(self.words)
        return f"{self.label}: {words[0].lower()}{words[1:]}" if self.label else words
