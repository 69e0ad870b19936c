from importlib import import_module, util


def latest(lab, *, limit=4):
    """The newest entries of the lab's public story."""
    if util.find_spec("qlabs.across.story.queries") is None:
        return []
    return import_module("qlabs.across.story.queries").latest(lab, limit)
