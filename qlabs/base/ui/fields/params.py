"""From a bound field to the parameters of its NHS.UK component."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import escape

from qlabs.base.ui.words import printable


def text_of(value):
    """What was typed, as it can be shown and sent again: nothing is added to it."""
    return "" if value is None else escape(printable(str(value)))


def label_of(bound):
    """The label, with "(optional)" where nothing need be entered."""
    label = str(bound.label)
    if bound.field.required or not bound.field.mark_optional:
        return label
    return _("%(label)s (optional)") % {"label": label}


def common(bound):
    """Name, hint and first error: what all components share."""
    params = {"name": bound.html_name}
    if bound.help_text:
        params["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        params["errorMessage"] = {
            "text": str(bound.errors[0]),
            "visuallyHiddenText": _("Error"),
        }
    return params


def labelled(bound):
    """One input under one label."""
    field = bound.field
    label = {"text": label_of(bound), "size": field.label_size, "isPageHeading": field.page_heading}
    params = common(bound) | {"id": bound.auto_id, "label": label}
    if field.hide_label:
        label["classes"] = "nhsuk-u-visually-hidden"
    if field.autocomplete:
        params["autocomplete"] = field.autocomplete
    return params


def grouped(bound):
    """Several inputs under one legend."""
    field = bound.field
    legend = {
        "text": label_of(bound),
        "size": field.label_size,
        "isPageHeading": field.page_heading,
    }
    if field.hide_label:
        legend["classes"] = "nhsuk-u-visually-hidden"
    return common(bound) | {"idPrefix": bound.auto_id, "fieldset": {"legend": legend}}


def options(field, chosen):
    """The items of radios, checkboxes or a select; `chosen` is a set of strings."""
    items = []
    for value, label in _flat(field.choices):
        item = {"value": str(value), "text": str(label)}
        if str(value) in chosen:
            item |= {"checked": True, "selected": True}
        if hint := field.hints.get(value):
            item["hint"] = {"text": str(hint)}
        items.append(item)
    return items


def _flat(choices):
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield value, label


def word_count(limit):
    """The words of the character count, so that Welsh can follow."""
    return {
        "maxlength": limit,
        "countType": "words",
        "textareaDescriptionText": _for_script(_("You can enter up to {count} words")),
        "wordsUnderLimitText": {
            "one": _for_script(
                ngettext("You have {count} word remaining", "You have {count} words remaining", 1)
            ),
            "other": _for_script(
                ngettext("You have {count} word remaining", "You have {count} words remaining", 2)
            ),
        },
        "wordsAtLimitText": _("You have 0 words remaining"),
        "wordsOverLimitText": {
            "one": _for_script(
                ngettext("You have {count} word too many", "You have {count} words too many", 1)
            ),
            "other": _for_script(
                ngettext("You have {count} word too many", "You have {count} words too many", 2)
            ),
        },
    }


def _for_script(text):
    """The component's script puts the number in place of %{count}."""
    return text.replace("{count}", "%{count}")


def file_words():
    """The words of the file component's script."""
    return {
        "chooseFilesButtonText": _("Choose file"),
        "noFileChosenText": _("No file chosen"),
        "dropInstructionText": _("or drop file"),
        "enteredDropZoneText": _("Entered drop zone"),
        "leftDropZoneText": _("Left drop zone"),
    }
