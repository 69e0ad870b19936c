"""The criteria for leaving each stage. Base knows a few; a stage's own apps add theirs when they load."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .models import Membership, Role

_checks = {}


@dataclass(frozen=True)
class Check:
    """One criterion of a gate: `is_met(lab)` answers it, `help` says how to meet it."""

    name: str
    is_met: callable
    help: str = ""


@dataclass(frozen=True)
class Criterion:
    """A check with its answer for one lab."""

    name: str
    help: str
    met: bool


def check(stage, name, is_met, help=""):
    """Add a criterion to the gate that a lab passes when it leaves a stage."""
    _checks.setdefault(stage, {})[str(name)] = Check(name, is_met, help)


def criteria(lab, stage):
    """Every criterion of a stage's gate with its answer, in the order they were added."""
    return [Criterion(c.name, c.help, bool(c.is_met(lab))) for c in _checks.get(stage, {}).values()]


def unmet(lab, stage):
    """The names of the criteria that are not met."""
    return [str(one.name) for one in criteria(lab, stage) if not one.met]


def _funding_is_recorded(lab):
    return bool(lab.funding.all())


def _lead_is_named(lab):
    return Membership.objects.filter(lab=lab, role=Role.LEAD).exists()


check(
    "choose",
    _("Funding is recorded"),
    _funding_is_recorded,
    _("Add who pays, how much and until when on the funding page."),
)
check(
    "choose",
    _("A team with a lead is named"),
    _lead_is_named,
    _("Add people on the team page and make one of them the lead."),
)
