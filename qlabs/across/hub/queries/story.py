from qlabs.across.story import queries as story

ON_LAB_HOME = 4


def latest(lab):
    """The newest entries of the lab's public story."""
    return story.latest(lab, ON_LAB_HOME, pictures=False)
