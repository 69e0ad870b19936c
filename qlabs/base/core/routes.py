"""Every address says who may open it: its permission stands on the route and is asked before the view runs."""

from dataclasses import dataclass
from functools import partial, wraps

import rules
from django.core.exceptions import ImproperlyConfigured
from django.urls import path

LAB = "labs/<slug:slug>/"
FORM, FILE = 500_000, 25_000_000  # bytes that may be sent: words, or words with a file
READING, BOTH, POSTING = ("GET", "HEAD"), ("GET", "HEAD", "POST"), ("POST",)


@dataclass(frozen=True)
class Door:
    """What a route asks. `row` is the kind of row whose number the address holds; `posting` is asked of a POST."""

    permission: str
    posting: str
    row: str
    in_lab: bool
    methods: tuple
    most: int

    def permission_for(self, method):
        return self.posting if method == "POST" else self.permission

    def sought(self, address):
        """The lab and the row that an address names, as `access.allow` wants them."""
        lab = {"lab": address["slug"]} if self.in_lab else {}
        return lab | ({self.row: address["pk"]} if self.row else {})

    def rest(self, address):
        """The parts of an address that the view still has to read."""
        used = {"slug": self.in_lab, "pk": bool(self.row)}
        return {name: part for name, part in address.items() if not used.get(name)}


def page(route, view, permission, *, name, row="", posting="", methods=BOTH, most=FORM):
    """A url whose view runs only for those whom `permission` lets in, with what it concerns as `request.subject`.

    Under labs/<slug>/ that is the lab, or the row of it that `pk` numbers; elsewhere it is None.
    """
    door = Door(permission, posting or permission, row, route.startswith(LAB), methods, most)
    for one in {door.permission, door.posting}:
        if not rules.perm_exists(one):
            raise ImproperlyConfigured(f"No rule declares {one}, which {route} asks for.")

    @wraps(view)
    def behind(request, **address):
        return view(request, **door.rest(address))

    behind.door = door
    return path(route, behind, name=name)


read_only = partial(page, methods=READING)
act = partial(page, methods=POSTING)
