"""Fields where people choose: radios, checkboxes, a select."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qlabs.base.ui.fields import params as show
from qlabs.base.ui.fields.component import Component

WRONG_CHOICE = _("Select one of the options shown")
PLACEHOLDER = _("Select")


class Choices(Component):
    """hints: {value: words under that option}. inline: side by side. small: smaller circles or boxes."""

    required_message = _("Select an option")

    def __init__(self, *args, hints=None, inline=False, small=False, **kwargs):
        self.hints, self.inline, self.small = hints or {}, inline, small
        wrong = dict.fromkeys(("invalid_choice", "invalid_list"), WRONG_CHOICE)
        kwargs["error_messages"] = wrong | (kwargs.get("error_messages") or {})
        super().__init__(*args, **kwargs)

    def chosen(self, bound):
        """The chosen values as a set of strings, whatever was posted."""
        value = bound.value()
        several = value if isinstance(value, (list, tuple, set)) else [value]
        return {str(one) for one in several if one is not None}

    def params(self, bound):
        items = show.options(self, self.chosen(bound))
        look = {"items": items, "inline": self.inline, "small": self.small}
        return show.grouped(bound) | look


class ChoiceField(Choices, forms.ChoiceField):
    """Radios: one of a few."""

    template_name = "ui/fields/radios.jinja"
    widget = forms.RadioSelect

    def error_id(self, bound):
        return bound.auto_id


class SelectField(Choices, forms.ChoiceField):
    """A select, for a long list only. placeholder: the words of the empty option."""

    template_name = "ui/fields/select.jinja"

    def __init__(self, *args, placeholder=PLACEHOLDER, **kwargs):
        self.placeholder = placeholder
        super().__init__(*args, **kwargs)

    def params(self, bound):
        items = show.options(self, self.chosen(bound))
        if self.placeholder and all(item["value"] for item in items):
            items.insert(0, {"value": "", "text": str(self.placeholder)})
        return show.labelled(bound) | {"items": items}


class MultiChoiceField(Choices, forms.MultipleChoiceField):
    """Checkboxes: any of several."""

    template_name = "ui/fields/checkboxes.jinja"
    widget = forms.CheckboxSelectMultiple
    required_message = _("Select at least one option")

    def error_id(self, bound):
        return bound.auto_id


class RowField(ChoiceField):
    """Radios over rows a query found; cleans to the row. label: row -> words."""

    def __init__(self, *args, rows=(), label_from=str, **kwargs):
        super().__init__(*args, **kwargs)
        self.show(rows, label_from=label_from)

    def show(self, rows, *, label_from=str):
        """Offer these rows, for a form that learns them when it is made."""
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [(pk, label_from(row)) for pk, row in self.rows.items()]

    def clean(self, value):
        pk = super().clean(str(getattr(value, "pk", value) or ""))
        return self.rows[pk] if pk else None

    def prepare_value(self, value):
        return getattr(value, "pk", value)


class BooleanField(Component, forms.BooleanField):
    """A single checkbox; its label stands beside the box. legend: a question above it."""

    template_name = "ui/fields/checkboxes.jinja"
    required_message = _("Tick the box to go on")
    mark_optional = False

    def __init__(self, *args, legend="", hint="", **kwargs):
        self.legend, self.hint = legend, hint
        super().__init__(*args, **kwargs)

    def error_id(self, bound):
        return bound.auto_id

    def params(self, bound):
        item = {"value": "on", "text": show.label_of(bound), "checked": bool(bound.value())}
        if self.hint:
            item["hint"] = {"text": str(self.hint)}
        params = show.common(bound) | {"idPrefix": bound.auto_id, "items": [item]}
        if self.legend:
            params["fieldset"] = {"legend": {"text": str(self.legend), "size": self.label_size}}
        return params
