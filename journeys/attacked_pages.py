"""Every page that shows what somebody wrote."""

from django.test import Client
from django.urls import reverse

from journeys.attacks import MANY, attacked_lab, attacked_list, attacked_place, profile
from journeys.visitors import BACKEND
from journeys.world import patterns, read
from journeys.world_urls import of_lab
from qlabs.base.people import links as invitations
from qlabs.base.people.models import Invitation, Person
from qlabs.choose.ballots import links
from qlabs.choose.ballots.tests.factories import entries
from qlabs.choose.stations import links as stations


def planted(pen, reader, number):
    """The addresses at which this round's strings are shown."""
    Person.objects.filter(pk=reader.pk).update(**profile(pen))
    place = attacked_place(pen, reader, f"attacked-{number}")
    labs = [attacked_lab(pen, reader, f"attacked-{number}-{more}") for more in range(MANY)]
    kept = attacked_list(pen, reader)
    addresses = [
        *_of_place(place),
        *_of_no_lab(place, kept),
        *(reverse("hub:lab", args=[lab.slug]) for lab in labs),
        reverse("people:person", args=[reader.pk]),
    ]
    client = Client()
    client.force_login(reader, backend=BACKEND)
    return [address for address in dict.fromkeys(addresses) if _is_page(client.get(address))]


def _of_place(place):
    slug = place.lab.slug
    for name, converters in patterns():
        if "slug" in converters and name != "hub:page":
            yield from (
                reverse(name, kwargs={"slug": slug, **kwargs})
                for _state, kwargs in of_lab(name, set(converters), place)
            )
    yield reverse("themes:theme", args=[slug, place.rows["withdrawn theme"].pk])
    for state in ("shown", "hidden"):
        yield reverse("ballots:reasons", args=[slug, place.rows["ballot"]["closed"].pk]) + f"?state={state}"


def _of_no_lab(place, kept):
    yield from (reverse(name) for name, converters in patterns() if not converters)
    yield reverse("people:preview", args=[kept.pk])
    yield reverse("people:join", args=[invitations.token(Invitation.objects.last())])
    yield reverse("people:no_thanks", args=[invitations.token(Invitation.objects.last())])
    yield reverse("stations:start", args=[stations.token(place.rows["station"])])
    ballot = place.rows["ballot"]["open"]
    token = links.token(entries(ballot)[0], ballot)
    yield from (reverse(name, args=[token]) for name in ("ballots:by_link", "ballots:done_by_link"))


def _is_page(answer):
    read(answer)
    return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
