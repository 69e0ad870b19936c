from datetime import datetime
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.themes.models import SUITABILITY, Comment, Evidence, State, Support, Theme

WINTER = datetime(2017, 1, 20, 12, tzinfo=ZoneInfo("Europe/London"))
SUITABLE = {question: {"answer": "yes", "note": ""} for question in SUITABILITY}


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    class Params:
        draft = factory.Trait(state=State.DRAFT, submitted_at=None)
        shortlisted = factory.Trait(state=State.SHORTLISTED, suitability=SUITABLE)
        on_ballot = factory.Trait(state=State.ON_BALLOT, suitability=SUITABLE)
        withdrawn = factory.Trait(state=State.WITHDRAWN, reason="Another lab leads on it.")

    lab = factory.SubFactory(LabFactory)
    proposer = factory.SubFactory(PersonFactory)
    token = factory.Sequence("form-{}".format)
    title = factory.Sequence("Theme {}".format)
    summary = "People wait too long and nobody knows why."
    state = State.PROPOSED
    submitted_at = WINTER
    changed_at = WINTER


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = Evidence

    theme = factory.SubFactory(ThemeFactory)
    title = factory.Sequence("Report {}".format)
    url = factory.Sequence("https://example.org/report-{}".format)


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = Comment

    theme = factory.SubFactory(ThemeFactory)
    by = factory.SubFactory(PersonFactory)
    token = factory.Sequence("comment-{}".format)
    text = factory.Sequence("We see this in ward {}.".format)
    at = WINTER


class SupportFactory(DjangoModelFactory):
    class Meta:
        model = Support

    theme = factory.SubFactory(ThemeFactory)
    person = factory.SubFactory(PersonFactory)
    at = WINTER
