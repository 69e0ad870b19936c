"""The Jinja environment: our templates are strict, the NHS.UK ones are as lenient as they ask to be."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import lazystr
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, StrictUndefined, pass_context

from qlabs.across.demo.content import names
from qlabs.across.demo.queries import has_mailbox
from qlabs.across.hub.queries import band_of
from qlabs.base.core.plain import isolated
from qlabs.base.lab.access import may
from qlabs.base.ui import shell, words

DEMO_PEOPLE = {
    "lead": names.LEAD.email,
    "member": names.MEMBER.email,
    "operator": names.OPERATOR.email,
    "second": names.RESEARCHER.email,
}


class NhsLoader(PackageLoader):
    """Loads the NHS.UK macros into an overlay where a missing parameter is empty, as they expect."""

    def load(self, environment, name, globals=None):
        return super().load(_lenient(environment), name, globals)


def _lenient(environment):
    if environment.undefined is ChainableUndefined:
        return environment
    if not hasattr(environment, "nhs_overlay"):
        environment.nhs_overlay = environment.overlay(undefined=ChainableUndefined)
    return environment.nhs_overlay


def environment(**options):
    options["loader"] = ChoiceLoader([options["loader"], NhsLoader("nhsuk_frontend_jinja")])
    options["undefined"] = ChainableUndefined if settings.PRODUCTION else StrictUndefined
    options["autoescape"] = _is_page
    options["finalize"] = _alone
    options["extensions"] = [*options.get("extensions", []), "jinja2.ext.i18n"]
    env = Environment(trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701 - autoescape is in options
    env.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)
    for name in ("gettext", "ngettext", "pgettext", "npgettext"):
        env.globals[name] = _with_values_alone(env.globals[name])
    env.globals.update(_globals())
    env.filters.update(words.FILTERS)
    return env


def _alone(value):
    """What a template shows as plain text turns nothing around it; markup has its text alone already."""
    return isolated(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _with_values_alone(translate):
    @pass_context
    def translated(context, *words, **values):
        return translate(context, *words, **{name: _alone(value) for name, value in values.items()})

    return translated


def _is_page(name):
    """Letters in plain text (.txt.jinja) are the one kind that is not HTML."""
    return not (name or "").endswith(".txt.jinja")


def _globals():
    return {
        "may": may,
        "lab_band_of": band_of,
        "static": static,
        "url": _url,
        "link": shell.link,
        "installation_name": lazystr(shell.Setting("INSTALLATION_NAME")),
        "site_url": lazystr(shell.Setting("SITE_URL")),
        "languages": shell.languages,
        "current_language": get_language,
        "page_query": shell.page_query,
        "has_mailbox": has_mailbox,
        "demo_people": DEMO_PEOPLE,
    }


def _url(name, *args, **kwargs):
    return reverse(name, args=args, kwargs=kwargs)
