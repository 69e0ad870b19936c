"""What a draw refuses, each with a code that a page or a command turns into words.

Rows are counted from 1 in the order given: people for a pool, quotas for quotas.
"""

from labengines.errors import EngineError


class BlankId(EngineError):
    """A person without an id. params: row."""

    code = "lottery.blank_id"


class DoubledId(EngineError):
    """Two people with one id. params: row, first (the row of the other), id."""

    code = "lottery.doubled_id"


class MissingTrait(EngineError):
    """People without a trait that a quota or the rule of one per household needs. params: trait."""

    code = "lottery.missing_trait"


class UnknownValue(EngineError):
    """A person's value that no quota names, or none. params: row, id, trait, value, choices."""

    code = "lottery.unknown_value"


class QuotaTwice(EngineError):
    """Two quotas for one value. params: row, trait, value."""

    code = "lottery.quota_twice"


class QuotaMalformed(EngineError):
    """Bounds that are not whole, negative, or the wrong way round. params: row, trait, value, least, most."""

    code = "lottery.quota_malformed"


class SizeOutOfRange(EngineError):
    """A panel that is empty or larger than its pool. params: size, pool."""

    code = "lottery.size_out_of_range"


class Impossible(EngineError):
    """No panel keeps every quota.

    params: changes (tuple of Change, () where time ran out first), households (how many, where they are too few).
    """

    code = "lottery.impossible"


class OutOfTime(EngineError):
    """Time ran out before a panel was found, or it was known that there is none."""

    code = "lottery.out_of_time"


class ListLengthOutOfRange(EngineError):
    """A list of panels too short to draw from. params: length."""

    code = "lottery.list_length_out_of_range"


class UnknownPerson(EngineError):
    """A name that is not where it should be. params: id, where ("panel", "pool", "people")."""

    code = "lottery.unknown_person"


class NotSeated(EngineError):
    """Wishes that no seating can keep. params: reason ("together", "apart", "access", "rooms"), names."""

    code = "lottery.not_seated"
