"""The criteria for leaving each stage. Base knows a few; a stage's own apps add theirs when they load."""

from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef
from django.utils.translation import gettext_lazy as _

from .models import Funding, Lab, Membership, Role

_checks = {}


@dataclass(frozen=True)
class Check:
    """One criterion of a gate: `is_met` is a condition that the lab's row fulfils, `help` says how to meet it."""

    name: str
    is_met: object
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
    return criteria_of(lab, [stage])[stage]


def criteria_of(lab, stages):
    """{stage: the criteria of its gate}, answered together by one query."""
    asked = [(stage, one) for stage in stages for one in _checks.get(stage, {}).values()]
    found = {stage: [] for stage in stages}
    for (stage, one), is_met in zip(asked, _answers(lab, [one.is_met for _stage, one in asked]), strict=True):
        found[stage].append(Criterion(one.name, one.help, is_met))
    return found


def _answers(lab, conditions):
    if not conditions:
        return ()
    asked = [ExpressionWrapper(condition, BooleanField()) for condition in conditions]
    return Lab.objects.values_list(*asked).get(pk=lab.pk)


def unmet(lab, stage):
    """The names of the criteria that are not met."""
    return [str(one.name) for one in criteria(lab, stage) if not one.met]


check(
    "choose",
    _("Funding is recorded"),
    Exists(Funding.objects.filter(lab=OuterRef("pk"))),
    _("Add who pays, how much and until when on the funding page."),
)
check(
    "choose",
    _("A team with a lead is named"),
    Exists(Membership.objects.filter(lab=OuterRef("pk"), role=Role.LEAD)),
    _("Add people on the team page and make one of them the lead."),
)
