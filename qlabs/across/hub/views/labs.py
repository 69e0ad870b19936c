from django.conf import settings
from django.db.models import prefetch_related_objects
from django.shortcuts import render

from qlabs.across.hub import queries
from qlabs.base.lab import access, stages
from qlabs.base.lab import queries as lab_queries
from qlabs.base.ui.paging import paginate
from qlabs.base.ui.words import printable


def home(request):
    cards = queries.cards_for_home(request.user, at=request.at)
    members, votes, results = queries.living_numbers()
    context = {
        "cards": cards,
        "stages": stages.STAGES,
        "vote": queries.first_to_close(cards, at=request.at),
        "members": members,
        "votes": votes,
        "results": results,
        "contact": settings.CONTACT_EMAIL,
    }
    return render(request, "hub/home.jinja", context)


def labs(request):
    search, archived = (
        printable(request.GET.get("q", "")).strip()[:100],
        request.GET.get("state") == "archived",
    )
    page = paginate(queries.labs_seen(request.user, search=search, archived=archived), request)
    cards = queries.cards(page.object_list, at=request.at)
    context = {"page": page, "cards": cards, "search": search, "archived": archived}
    return render(request, "hub/labs.jinja", context)


def lab(request):
    lab = request.subject
    total, bars = queries.nations()
    prefetch_related_objects([lab], "funding")  # the gates ask for it too
    people, funding = lab_queries.people_in(lab), list(lab.funding.all())
    vote = queries.votes_open([lab], at=request.at).get(lab.pk)
    if vote:
        vote.lab = lab
        vote.days_left = queries.days_left(vote, at=request.at)
    context = {
        "lab": lab,
        "week": queries.week(lab, at=request.at),
        "steps": queries.steps(lab, at=request.at),
        "tools": queries.tools(lab),
        "vote": vote,
        "proposals": _proposals(request, lab),
        "themes": queries.themes_in(vote),
        "waiting": queries.waiting_for(request.user, at=request.at, lab=lab),
        "entries": queries.latest(lab),
        "team": [row for row in people if row.role in lab_queries.TEAM_ROLES],
        "funding": funding,
        "members": total,
        "bars": bars,
        "concerns": _concerns(request, lab, funding, vote),
    }
    return render(request, "hub/lab.jinja", context)


def waiting(request):
    items = queries.waiting_for(request.user, at=request.at)
    mine = queries.labs_of(request.user)
    return render(request, "hub/waiting.jinja", {"items": items, "mine": mine})


def _proposals(request, lab):
    """Until when themes can be proposed, and why not if not: for whoever might, while their stage is open."""
    if not (access.may(request, "themes.write", lab) and stages.is_open_in(lab, "choose", at=request.at)):
        return None
    closes_at, is_open = stages.proposals_close_at(lab, "choose"), access.may(request, "themes.propose", lab)
    return {"is_open": is_open, "closes_at": closes_at}


def _concerns(request, lab, funding, vote):
    """Only those who can change the lab see what is to look after; None for everybody else."""
    if not access.may(request, "lab.change", lab):
        return None
    led = vote if vote and access.may(request, "ballots.status", vote) else None
    return queries.look_after(lab, funding=funding, vote=led, at=request.at)
