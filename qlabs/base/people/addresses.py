"""What other apps have to say when a person's address or personal links change; people cannot know of votes."""

_held = []
_renewed = []


def held_when(function):
    """An address is changed only once its owner confirms it until the moment that `function(person)` gives, or None."""
    _held.append(function)


def held_until(person):
    """The moment until which an address is held, or None."""
    return max((until for when in _held if (until := when(person))), default=None)


def on_renewed(function):
    """Call `function(person)`, in the same transaction, when the links sent to a person have become useless."""
    _renewed.append(function)


def renewed(person):
    for function in _renewed:
        function(person)
