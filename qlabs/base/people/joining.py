"""What other apps do when somebody accepts their invitation; people cannot know a lab's roles."""

_hooks = {}
_roles = {}


def name_roles(choices):
    """Let the lab app say the words of its roles: [(value, words)]."""
    _roles.update(choices)


def role_words(role):
    return _roles.get(role, "")


def on_accept(purpose, function):
    """Call `function(invitation, at=...)`, in the same transaction, when an invitation of that purpose is accepted."""
    _hooks[purpose] = function


def accepted(invitation, *, at):
    if hook := _hooks.get(invitation.purpose):
        hook(invitation, at=at)
