"""Counting votes, keeping them secret, and showing that both were done right."""

from labengines.voting.borda import priorities
from labengines.voting.counting import RULES, commitment, count, lot
from labengines.voting.disclosure import NOT_GIVEN, disclose, publish_count
from labengines.voting.together import disclose_together
from labengines.voting.types import Breakdown, Result, Row, Stage, Tie

__all__ = [
    "NOT_GIVEN",
    "RULES",
    "Breakdown",
    "Result",
    "Row",
    "Stage",
    "Tie",
    "commitment",
    "count",
    "disclose",
    "disclose_together",
    "lot",
    "priorities",
    "publish_count",
]
