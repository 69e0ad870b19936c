"""By which addresses somebody votes: signed in, by her personal link, or at a voting station."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Way:
    """Addresses of the vote page, of signing, of the confirmation without scripts, and of the receipt.

    At a station also of leaving, and of the page that asks whether she is still there.
    """

    page: str
    sign: str
    confirm: str
    done: str
    kind: str = "signed_in"
    layout: str = "ui/layout.jinja"
    finish: str = ""
    still_there: str = ""


def signed_in(ballot):
    here = [ballot.lab.slug, ballot.pk]
    names = ("ballot", "sign", "confirm", "done")
    return Way(*(reverse(f"ballots:{name}", args=here) for name in names))


def by_link(token):
    names = ("by_link", "sign_by_link", "confirm_by_link", "done_by_link")
    return Way(*(reverse(f"ballots:{name}", args=[token]) for name in names), kind="link")
