"""Django form fields that know their NHS.UK component; each renders with form.x.as_field_group()."""

from qlabs.base.ui.fields.choice import BooleanField, ChoiceField, MultiChoiceField, RowField, SelectField
from qlabs.base.ui.fields.date import DateField, DateTimeField
from qlabs.base.ui.fields.text import (
    CharField,
    CodeField,
    EmailField,
    FileField,
    IntegerField,
    NameField,
    PoundsField,
    TextField,
)

__all__ = [
    "BooleanField",
    "CharField",
    "ChoiceField",
    "CodeField",
    "DateField",
    "DateTimeField",
    "EmailField",
    "FileField",
    "IntegerField",
    "MultiChoiceField",
    "NameField",
    "PoundsField",
    "RowField",
    "SelectField",
    "TextField",
]
