from labengines.lottery.addresses import address_key
from labengines.lottery.feasible import feasible
from labengines.lottery.types import Person, Quota

__all__ = [
    "Person",
    "Quota",
    "address_key",
    "feasible",
]
