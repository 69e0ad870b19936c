"""What the clock does to labs: stages that open and close are told once, at their moment."""

from qlabs.base.core.tasks import apart, watch

from . import actions, queries


@watch
def tell_stages(*, at):
    """Record the openings and closings that have come by `at`, oldest first; harmless to repeat."""
    moments = [(dates.opens_at, 0, dates, actions.tell_opening) for dates in queries.untold_openings(at)]
    moments += [(dates.closes_at, 1, dates, actions.tell_closing) for dates in queries.untold_closings(at)]
    for *_key, dates, tell in sorted(moments, key=lambda one: (one[0], one[1], one[2].pk)):
        apart(tell, dates=dates, at=at)
