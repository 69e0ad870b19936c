from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events
from qlabs.base.core.errors import Conflict
from qlabs.base.lab import gates
from qlabs.base.lab.models import GatePassage


@transaction.atomic
def pass_gate(*, lab, stage, by, at, reason=""):
    """Let the lab leave a stage. Unmet criteria do not stop it, but then somebody says why."""
    unmet = gates.unmet(lab, stage)
    if unmet and not reason.strip():
        raise Conflict(_("Say why you are moving on although something is not met."))
    passage = GatePassage.objects.create(
        lab=lab, stage=stage, unmet=unmet, reason=reason.strip(), by=by, at=at
    )
    facts = {"stage": stage, "override": bool(unmet), "unmet": unmet, "reason": passage.reason}
    events.record(lab, by=by, what="lab.gate_passed", on=passage, at=at, **facts)
    return passage
