import rules

from qlabs.base.lab import access
from qlabs.base.lab.rules import anyone, is_not_archived, is_on_team
from qlabs.choose.ballots.rules import is_open, leads

from .models import CardOrder, Station

access.kind("station", Station, lab_path="ballot__lab", related=("ballot__lab", "by"))
WITH_ORDER = ("station__ballot__lab", "asked_by", "printed_by")
access.kind("card_order", CardOrder, lab_path="station__ballot__lab", related=WITH_ORDER)

rules.add_perm("stations.manage", leads & is_open)
rules.add_perm("stations.print_cards", leads & is_open)
rules.add_perm("stations.agree_to_cards", is_on_team & is_not_archived & is_open)
rules.add_perm("stations.use", anyone)
