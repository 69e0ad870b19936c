"""Counting votes, keeping them secret, and showing that both were done right."""

from labengines.voting.counting import commitment, count, lot
from labengines.voting.disclosure import NOT_GIVEN, disclose, publish_count
from labengines.voting.types import Breakdown, Result, Row, Stage

__all__ = [
    "NOT_GIVEN",
    "Breakdown",
    "Result",
    "Row",
    "Stage",
    "commitment",
    "count",
    "disclose",
    "lot",
    "publish_count",
]
