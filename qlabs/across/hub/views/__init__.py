"""The pages that stand above the stages: HTTP only."""

from .files import health, robots, security
from .labs import home, lab, labs, waiting
from .pages import page
from .tasks import retry, tasks

__all__ = ["health", "home", "lab", "labs", "page", "retry", "robots", "security", "tasks", "waiting"]
