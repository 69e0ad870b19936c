"""What a reader must know beside a number."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Note:
    """code: a name for ever the same, which a page or picture turns into words; params: the numbers they need."""

    code: str
    params: dict = field(default_factory=dict)
