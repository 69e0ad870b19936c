"""Every sentence of ours that can be translated, found in the templates and in Python.

A sentence is found only where it is written out at the call; anything else raises `Unreadable`, as does a sentence
that Python would translate while it starts, before anybody has said in which language.
"""

import ast
from dataclasses import dataclass

from jinja2 import Environment, nodes

from qlabs.config.env import ROOT

PARTS = {
    "gettext": ("id",),
    "ngettext": ("id", "plural"),
    "pgettext": ("context", "id"),
    "npgettext": ("context", "id", "plural"),
}
IN_TEMPLATES = {"_": "gettext", **{name: name for name in PARTS}}
SKIPPED = {"tests", "migrations", "static", "demo"}


class Unreadable(Exception):
    """A call whose sentence cannot be found, or that comes too early."""


@dataclass(frozen=True, order=True)
class Message:
    """One sentence, perhaps with its plural, perhaps with the context that tells it from another."""

    id: str
    plural: str = ""
    context: str = ""


def messages():
    """{Message: the places where it stands}, in the order of the places."""
    found = {}
    for path in sorted(ROOT.glob("qlabs/**/*")):
        place = path.relative_to(ROOT)
        if path.suffix in READERS and not SKIPPED & set(place.parts):
            for line, message in read(path.read_text(encoding="utf-8"), path.suffix, place):
                found.setdefault(message, []).append(f"{place}:{line}")
    return found


def read(text, suffix, place=""):
    """(line, Message) of every call in one file."""
    for line, name, texts in READERS[suffix](text, place):
        parts = dict(zip(PARTS[name], texts, strict=False))
        if None in parts.values() or len(parts) < len(PARTS[name]):
            raise Unreadable(f"{place}:{line}: write the sentence out where it is translated")
        yield line, Message(**parts)


def _in_template(text, place):
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(text)  # noqa: S701 - it is read, never rendered
    for call in tree.find_all(nodes.Call):
        name = IN_TEMPLATES.get(getattr(call.node, "name", ""))
        if name:
            yield call.lineno, name, [getattr(arg, "value", None) for arg in call.args]


def _in_python(text, place):
    tree = ast.parse(text)
    names = _names(tree)
    for node, is_early in _walk(tree, is_early=True):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) in names:
            name = names[node.func.id]
            if is_early and not name.endswith("_lazy"):
                raise Unreadable(f"{place}:{node.lineno}: translate this lazily, no language is chosen yet")
            texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            yield node.lineno, name.removesuffix("_lazy"), texts


def _names(tree):
    """{the name in this file: the function of Django's} of what was imported to translate with."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [alias for node in imports if node.module == "django.utils.translation" for alias in node.names]
    return {one.asname or one.name: one.name for one in ours if one.name.removesuffix("_lazy") in PARTS}


def _walk(node, *, is_early):
    """Every node below, with whether it runs while the module is loaded."""
    later = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    for child in ast.iter_child_nodes(node):
        yield child, is_early and not later
        yield from _walk(child, is_early=is_early and not later)


READERS = {".jinja": _in_template, ".py": _in_python}
