"""What other apps have to say when a person's address or personal links change; people cannot know of votes."""

_held = []
_renewed = []


def held_when(function):
    """An address is changed only once its owner confirms it while `function(person)` is true."""
    _held.append(function)


def is_held(person):
    return any(is_so(person) for is_so in _held)


def on_renewed(function):
    """Call `function(person)`, in the same transaction, when the links sent to a person have become useless."""
    _renewed.append(function)


def renewed(person):
    for function in _renewed:
        function(person)
