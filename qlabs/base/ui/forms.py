"""The base of every form, and how Django finds the templates of our fields."""

import re
import secrets

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import engines

A_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,40}")


class Renderer(DjangoTemplates):
    """Our own field templates through Jinja; Django's widgets as ever."""

    def get_template(self, template_name):
        if template_name.endswith(".jinja"):
            return engines["jinja2"].get_template(template_name)
        return super().get_template(template_name)


class Form(forms.Form):
    """A form of our fields. In the page: error_summary(form) first, then form.x.as_field_group()."""

    use_required_attribute = False
    default_renderer = Renderer

    def error_links(self):
        """(address of the field, words) of every error, in the order of the page."""
        links = [("", message) for message in self.non_field_errors()]
        for bound in self:
            links += [(f"#{error_id(bound)}", message) for message in bound.errors]
        return links


def error_id(bound):
    """The id of the input that an error of this field leads to."""
    find = getattr(bound.field, "error_id", None)
    return find(bound) if find else bound.id_for_label


def posted(request):
    """The data for an unbound form on GET and a bound one on POST."""
    return request.POST if request.method == "POST" else None


def posted_files(request):
    """The files that go with `posted`."""
    return request.FILES if request.method == "POST" else None


def token_of(request):
    """The name that a form was opened with, or a new one, so that it makes one row however often it is sent."""
    token = request.POST.get("token", "")
    return token if A_TOKEN.fullmatch(token) else secrets.token_urlsafe(18)
