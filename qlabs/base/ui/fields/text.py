"""Fields to write in, and the file field."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from qlabs.base.core.plain import closed, plain, plain_address
from qlabs.base.ui.fields import params as show
from qlabs.base.ui.fields.component import Component
from qlabs.base.ui.words import is_printable

UNPRINTABLE = _("Remove the characters that cannot be shown")
LARGEST = 2_147_483_647


class TextInput(Component):
    """A one-line input. width: 2, 3, 4, 5, 10, 20 or 30 characters; prefix and suffix: short text."""

    template_name = "ui/fields/input.jinja"
    input_type = "text"
    inputmode = None
    spellcheck = None

    def __init__(self, *args, width=None, prefix="", suffix="", **kwargs):
        self.width, self.prefix, self.suffix = width, prefix, suffix
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        if isinstance(value, str) and not is_printable(value):
            raise ValidationError(UNPRINTABLE, code="unprintable")
        return super().to_python(value)

    def params(self, bound):
        look = {
            "value": show.text_of(bound.value()),
            "type": self.input_type,
            "inputmode": self.inputmode,
            "spellcheck": self.spellcheck,
            "width": self.width,
            "prefix": str(self.prefix),
            "suffix": str(self.suffix),
        }
        return show.labelled(bound) | {name: v for name, v in look.items() if v not in (None, "")}


class CharField(TextInput, forms.CharField):
    """One line of text, which turns nothing that stands beside it."""

    def to_python(self, value):
        return closed(super().to_python(value))

    def __init__(self, *args, max_length=200, **kwargs):
        too_long = _("Use %(limit_value)s characters or fewer")
        kwargs["error_messages"] = {"max_length": too_long} | (kwargs.get("error_messages") or {})
        super().__init__(*args, max_length=max_length, **kwargs)


class CodeField(CharField):
    """A code as it was typed, with whatever dashes and spaces; cleans to its letters and numbers."""

    def to_python(self, value):
        return re.sub(r"[\W_]", "", super().to_python(value))


class NameField(CharField):
    """The name of a person, as `plain` writes it."""

    def to_python(self, value):
        return plain(super().to_python(value))


class EmailField(TextInput, forms.EmailField):
    """An address, as `plain_address` writes it."""

    input_type = "email"
    spellcheck = False
    required_message = _("Enter an email address")

    def __init__(self, *args, autocomplete="email", **kwargs):
        wrong = _("Enter an email address in the correct format, like name@example.com")
        kwargs["error_messages"] = {"invalid": wrong} | (kwargs.get("error_messages") or {})
        super().__init__(*args, autocomplete=autocomplete, **kwargs)
        self.validators = [self._well_formed]

    def to_python(self, value):
        return plain_address(super().to_python(value))

    def _well_formed(self, value):
        for validate in forms.EmailField.default_validators:
            try:
                validate(value)
            except (ValidationError, UnicodeError) as error:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class IntegerField(TextInput, forms.IntegerField):
    """A whole number; commas and spaces in it are forgiven."""

    inputmode = "numeric"
    required_message = _("Enter a number")

    def __init__(self, *args, min_value=0, max_value=LARGEST, width=5, **kwargs):
        wrong = {
            "invalid": _("Enter a whole number, like 12"),
            "min_value": _("Enter %(limit_value)s or more"),
            "max_value": _("Enter %(limit_value)s or less"),
        }
        kwargs["error_messages"] = wrong | (kwargs.get("error_messages") or {})
        kwargs |= {"min_value": min_value, "max_value": max_value, "widget": forms.TextInput}
        super().__init__(*args, width=width, **kwargs)

    def to_python(self, value):
        return super().to_python(_without(value, r"[,\s]"))


class PoundsField(TextInput, forms.DecimalField):
    """An amount in pounds, as a Decimal with pence."""

    inputmode = "decimal"
    required_message = _("Enter an amount in pounds")

    def __init__(self, *args, min_value=Decimal(0), max_digits=12, width=10, **kwargs):
        wrong = _("Enter an amount in pounds, like 1,250 or 1,250.50")
        codes = ("invalid", "max_digits", "max_decimal_places", "max_whole_digits")
        messages = dict.fromkeys(codes, wrong) | {"min_value": _("Enter %(limit_value)s or more")}
        kwargs["error_messages"] = messages | (kwargs.get("error_messages") or {})
        kwargs |= {"min_value": min_value, "max_digits": max_digits, "widget": forms.TextInput}
        super().__init__(*args, decimal_places=2, width=width, prefix="£", **kwargs)

    def to_python(self, value):
        return super().to_python(_without(value, r"[£,\s]"))

    def validate(self, value):
        if value is not None and not value.is_finite():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        super().validate(value)


def _without(value, pattern):
    return re.sub(pattern, "", value) if isinstance(value, str) else value


class TextField(Component, forms.CharField):
    """Several lines of text; with max_words the page counts down."""

    template_name = "ui/fields/textarea.jinja"

    def __init__(self, *args, max_words=None, rows=5, max_length=20_000, **kwargs):
        self.max_words, self.rows = max_words, rows
        too_long = _("Use %(limit_value)s characters or fewer")
        kwargs["error_messages"] = {"max_length": too_long} | (kwargs.get("error_messages") or {})
        super().__init__(*args, max_length=max_length, widget=forms.Textarea, **kwargs)

    def to_python(self, value):
        if isinstance(value, str) and not is_printable(value):
            raise ValidationError(UNPRINTABLE, code="unprintable")
        return closed(super().to_python(value).replace("\r\n", "\n").replace("\r", "\n"))

    def validate(self, value):
        super().validate(value)
        if self.max_words and len(value.split()) > self.max_words:
            message = ngettext_lazy("Use %(limit)d word", "Use %(limit)d words or fewer", "limit")
            raise ValidationError(message, code="max_words", params={"limit": self.max_words})

    def params(self, bound):
        look = {"value": show.text_of(bound.value()), "rows": self.rows}
        counted = show.word_count(self.max_words) if self.max_words else {}
        return show.labelled(bound) | look | counted


class FileField(Component, forms.FileField):
    """One file. accept: endings such as (".csv", ".xlsx"); max_megabytes: refused above."""

    template_name = "ui/fields/file.jinja"
    required_message = _("Select a file")

    def __init__(self, *args, accept=(), max_megabytes=10, **kwargs):
        self.accept, self.max_megabytes = tuple(accept), max_megabytes
        messages = {
            "empty": _("The selected file is empty. Select another"),
            "invalid": _("Select a file"),
            "missing": _("Select a file"),
            "max_length": _("Give the file a shorter name and select it again"),
        }
        kwargs["error_messages"] = messages | (kwargs.get("error_messages") or {})
        kwargs |= {"widget": forms.FileInput, "max_length": kwargs.get("max_length", 200)}
        super().__init__(*args, **kwargs)

    def to_python(self, data):
        file = super().to_python(data)
        if file is None:
            return None
        if not is_printable(file.name):
            raise ValidationError(UNPRINTABLE, code="unprintable")
        if self.accept and not file.name.lower().endswith(self.accept):
            message = _("Select a file that ends in %(endings)s")
            raise ValidationError(message, code="ending", params={"endings": ", ".join(self.accept)})
        if file.size > self.max_megabytes * 1_000_000:
            message = _("Select a file smaller than %(limit)s MB")
            raise ValidationError(message, code="size", params={"limit": self.max_megabytes})
        return file

    def params(self, bound):
        look = {"attributes": {"accept": ",".join(self.accept)}} if self.accept else {}
        return show.labelled(bound) | look | show.file_words()
