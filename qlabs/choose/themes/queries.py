"""Every read of themes."""

from django.db.models import Count, Prefetch, Q

from .models import SUITABILITY, Comment, State, Support, Theme

SHOWN = (State.PROPOSED, State.SHORTLISTED, State.ON_BALLOT, State.WITHDRAWN)
RUNNING = (State.PROPOSED, State.SHORTLISTED, State.ON_BALLOT)


def themes_of(lab, *, state="", search=""):
    """The lab's themes with their numbers of supporters and comments, oldest proposal first."""
    themes = lab.themes.filter(state__in=[state] if state in SHOWN else RUNNING)
    for word in search.split()[:10]:
        themes = themes.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    return themes.select_related("proposer").annotate(
        supporters=Count("supports", distinct=True),
        said=Count("comments", filter=Q(comments__hidden_at=None), distinct=True),
    )


def count_by_state(lab):
    """How many themes are in each state that everybody may see."""
    counted = dict(lab.themes.order_by().values_list("state").annotate(Count("pk")))
    return {state: counted.get(state, 0) for state in SHOWN}


def themes_shortlisted(lab):
    """The themes that a ballot may offer."""
    return lab.themes.filter(state=State.SHORTLISTED).order_by("submitted_at", "pk")


def drafts(lab, person):
    """What this person has begun and not yet proposed."""
    return Theme.objects.filter(lab=lab, proposer_id=person.pk, state=State.DRAFT).order_by("-changed_at")


def draft_of_form(lab, person, token):
    return Theme.objects.filter(lab=lab, proposer_id=person.pk, token=token).first()


def evidence(theme):
    return list(theme.evidence.all())


def conversation(theme):
    """The comments in order, each with its answers."""
    answers = Comment.objects.select_related("by").order_by("at", "pk")
    return list(
        theme.comments.filter(thread=None)
        .select_related("by")
        .prefetch_related(Prefetch("answers", queryset=answers, to_attr="replies"))
    )


def supporters(theme):
    """How many people say it matters to them, and for which organisations."""
    rows = list(Support.objects.filter(theme=theme).select_related("organisation"))
    return {
        "people": len(rows),
        "organisations": sorted({row.organisation.name for row in rows if row.organisation}),
        "ids": {row.person_id for row in rows},
    }


def is_suitable(theme):
    """Whether every question of the suitability check is answered with yes."""
    return all(theme.suitability.get(question, {}).get("answer") == "yes" for question in SUITABILITY)


def suitability(theme):
    """Each question with its answer ("yes", "no" or "") and note."""
    given = [(question, theme.suitability.get(key, {})) for key, question in SUITABILITY.items()]
    return [(question, one.get("answer", ""), one.get("note", "")) for question, one in given]


def two_themes_are_ready(lab):
    """What the gate asks: two themes shortlisted (or on the ballot) that pass the suitability check."""
    ready = lab.themes.filter(state__in=(State.SHORTLISTED, State.ON_BALLOT))
    return sum(is_suitable(theme) for theme in ready) >= 2
