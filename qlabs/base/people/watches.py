from qlabs.base.core import tasks

from . import actions, queries


@tasks.watch
def forget_old_lists(*, at):
    """Forget people's data in lists that lie a week: whoever was invited is known by then, the rest was not to be."""
    for imported in queries.lists_to_forget(at=at):
        tasks.apart(actions.forget_import, imported=imported, at=at)
