import rules

from qlabs.base.lab import access
from qlabs.base.lab.rules import anyone
from qlabs.choose.ballots.rules import is_open, leads

from .models import Station

access.kind("station", Station, lab_path="ballot__lab", related=("ballot__lab", "by"))

rules.add_perm("stations.manage", leads & is_open)
rules.add_perm("stations.print_cards", leads & is_open)
rules.add_perm("stations.use", anyone)
