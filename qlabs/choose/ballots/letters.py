"""Letters to voters, and one to leads.

Each to a voter is marked before it goes and unmarked if it could not, so a restart sends none twice. None goes out at
the moment of voting, and all go in member order, so that the relay's log tells nothing of a ballot.
"""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from qlabs.base.core import tasks
from qlabs.base.core.mail import absolute, reaches, send
from qlabs.base.people.models import Person
from qlabs.base.ui.words import isolated

from . import links, queries
from .models import Ballot, Correction, Letter, RollEntry, State

BATCH = 50
PLACE = "[opening]"
NEWS = {
    "ends_early": (gettext_lazy("This vote closes early: %(question)s"), State.OPEN),
    "ends_as_announced": (gettext_lazy("This vote stays open: %(question)s"), State.OPEN),
    "extended": (gettext_lazy("This vote stays open longer: %(question)s"), State.OPEN),
    "stopped": (gettext_lazy("This vote was stopped: %(question)s"), State.STOPPED),
    "void": (gettext_lazy("This vote has no result: %(question)s"), State.VOID),
}
"""{news: (subject, the state in which it is true)}; its words are the template of that name."""


def invite_all(ballot):
    _in_batches(invite, RollEntry.objects.filter(ballot=ballot))


def invite_again(entries):
    _in_batches(invite, entries)


def remind_all(ballot):
    wording = queries.wording(ballot, Letter.REMINDER)
    words = [wording.subject, wording.opening]
    _in_batches(remind, queries.still_to_vote(ballot), ballot.reminders, words)


def tell_all(ballot):
    _in_batches(tell, RollEntry.objects.filter(ballot=ballot, told=False, has_key=True))


def inform_all(ballot):
    _in_batches(inform, RollEntry.objects.filter(ballot=ballot))


def notify(ballot, news):
    """News of a vote, numbered with its reminders: the same email to everybody, so that it tells nobody who voted."""
    _in_batches(bring_news, RollEntry.objects.filter(ballot=ballot), ballot.reminders, news)
    tell_leads_of(ballot, news)


def tell_leads(ballot):
    for person in queries.leads_of(ballot.lab):
        tasks.later(held_up, ballot.pk, person.pk, ballot.held_up_because)


def tell_taken_off(correction):
    tasks.later(taken_off, correction.pk)


def tell_leads_of(ballot, news):
    """To the leads who are not on the roll and so get no voter's email."""
    voters = set(RollEntry.objects.filter(ballot=ballot).values_list("person_id", flat=True))
    for person in queries.leads_of(ballot.lab):
        if person.pk not in voters:
            tasks.later(news_for_lead, ballot.pk, person.pk, news)


@task()
def invite(pks):
    """The invitation to vote, with the personal link."""
    for entry in _waiting(pks, invited=False):
        if entry.ballot.state == State.OPEN:
            _word(entry, queries.wording(entry.ballot, Letter.INVITATION), invited=True)


@task()
def remind(pks, number, words=None):
    """A reminder, unless she has voted meanwhile; `words` are [subject, opening] as they stood when it was sent."""
    for entry in _waiting(pks, has_key=False, reminders__lt=number):
        if entry.ballot.state == State.OPEN:
            wording = queries.wording(entry.ballot, Letter.REMINDER)
            wording.subject, wording.opening = words or (wording.subject, wording.opening)
            _word(entry, wording, reminders=number)


@task()
def tell(pks):
    """That a vote was cast in her name, or begun: more is not known. So nobody is voted for unnoticed."""
    for entry in _waiting(pks, told=False, has_key=True):
        _once(entry, _("A vote was cast or begun in your name: %(question)s"), "told", told=True)


@task()
def bring_news(pks, number, news):
    """News of a vote, as long as it is still true."""
    subject, state = NEWS[news]
    for entry in _waiting(pks, reminders__lt=number):
        if entry.ballot.state == state:
            _once(entry, str(subject), news, reminders=number)


@task()
def inform(pks):
    """The outcome, or that there is none, and what happens next."""
    for entry in _waiting(pks, informed=False):
        if entry.ballot.state == State.DECLARED:
            _once(entry, _("The result: %(question)s"), "outcome", informed=True)
        if entry.ballot.state == State.VOID:
            _once(entry, str(NEWS["void"][0]), "void", informed=True)


@task()
def news_for_lead(ballot_pk, person_pk, news):
    """The same for a lead who is not on the roll."""
    subject, state = NEWS[news]
    ballot = Ballot.objects.select_related("lab").filter(pk=ballot_pk, state=state).first()
    person = Person.objects.get(pk=person_pk)
    if ballot is None or not reaches(person):
        return
    page = absolute(queries.address(ballot))
    context = {"person": person, "ballot": ballot, "lab": ballot.lab, "link": page, "page": page}
    send(
        to=person,
        subject=subject % {"question": ballot.question},
        template=f"ballots/mail/{news}",
        context=context
        | {"early": queries.early_closing_of(ballot), "extension": queries.extension_of(ballot)},
    )


@task()
def held_up(ballot_pk, person_pk, because):
    """To a lead, that a vote could not open at its time; no word if it has since, or waits for something else."""
    ballot = Ballot.objects.select_related("lab").filter(pk=ballot_pk, held_up_because=because).first()
    person = Person.objects.get(pk=person_pk)
    if ballot is None or not reaches(person):
        return
    context = {
        "person": person,
        "ballot": ballot,
        "lab": ballot.lab,
        "page": absolute(queries.address(ballot)),
    }
    subject = _("A vote could not open: %(question)s") % {"question": ballot.question}
    send(to=person, subject=subject, template="ballots/mail/held_up", context=context)


@task()
def taken_off(pk):
    """To somebody who was taken off a roll, why, and whom to write to; once."""
    row = Correction.objects.select_related("person", "ballot__lab").get(pk=pk)
    if not reaches(row.person) or not Correction.objects.filter(pk=pk, told=False).update(told=True):
        return
    context = {"person": row.person, "ballot": row.ballot, "lab": row.ballot.lab, "reason": row.reason}
    subject = _("You were taken off the list of voters: %(question)s") % {"question": row.ballot.question}
    context["contact"] = settings.CONTACT_EMAIL
    try:
        send(to=row.person, subject=subject, template="ballots/mail/taken_off", context=context)
    except OSError:
        Correction.objects.filter(pk=pk).update(told=False)
        raise


@dataclass(frozen=True)
class Sample:
    """An email as everybody gets it, with words in the place of what is each voter's own.

    `opening` is the lead's to write; what stands before and after it is always there.
    """

    subject: str
    before: str
    opening: str
    after: str


def sample(ballot, letter):
    """The Sample of an invitation or a reminder."""
    wording = queries.wording(ballot, letter)
    own = {
        "person": Person(name=_("[name]")),
        "link": _("[personal link]"),
        "participation_code": _("[personal code]"),
        "station_code": _("[personal code]"),
        "check_code": ballot.check_code or _("[fixed when the vote opens]"),
        "opening": PLACE,
    }
    facts = {"installation_name": settings.INSTALLATION_NAME, "site_url": settings.SITE_URL}
    text = get_template(f"ballots/mail/{letter}.txt.jinja").render(_of_vote(ballot) | facts | own)
    before, _place, after = text.partition(isolated(PLACE))
    return Sample(wording.subject, before.strip(), isolated(wording.opening), after.strip())


def try_later(ballot, letter, person):
    tasks.later(try_out, ballot.pk, person.pk, letter)


@task()
def try_out(ballot_pk, person_pk, letter):
    """The email as it would go now, to the lead who wrote it."""
    ballot = Ballot.objects.select_related("lab").get(pk=ballot_pk)
    person = Person.objects.get(pk=person_pk)
    if reaches(person):
        shown = sample(ballot, Letter(letter))
        subject = _("Only to you: %(subject)s") % {"subject": shown.subject}
        send(
            to=person,
            subject=subject,
            template="ballots/mail/trial",
            context={"sample": shown, "person": person},
        )


def _of_vote(ballot):
    """What an email says of the vote itself."""
    return {
        "ballot": ballot,
        "lab": ballot.lab,
        "closes_at": ballot.ends_at or ballot.closes_at,
        "titles": [option.title for option in queries.options(ballot)],
        "contact": settings.CONTACT_EMAIL,
        "check_code": ballot.check_code,
        "page": absolute(queries.address(ballot)),
        "run_off": queries.why_run_off(ballot),
    }


def _waiting(pks, **which):
    rows = RollEntry.objects.select_related("person", "ballot__lab").filter(pk__in=pks, **which)
    return rows.order_by("pk")


def _word(entry, wording, **mark):
    """The same of an email that a lead may word."""
    _once(entry, wording.subject.replace("%", "%%"), wording.letter, opening=wording.opening, **mark)


def _once(entry, subject, template, *, opening="", **mark):
    """Mark, then send; if sending fails the mark is taken back and the task fails, to be tried again."""
    before = {name: getattr(entry, name) for name in mark}
    if not RollEntry.objects.filter(pk=entry.pk, **before).update(**mark):
        return
    try:
        _write_to(entry, subject % {"question": entry.ballot.question}, template, opening)
    except OSError:
        RollEntry.objects.filter(pk=entry.pk).update(**before)
        raise


def _write_to(entry, subject, template, opening):
    person, ballot = entry.person, entry.ballot
    if not reaches(person):
        return
    context = _of_vote(ballot) | {
        "person": person,
        "link": links.with_check_code(
            absolute(reverse("ballots:by_link", args=[links.token(entry, ballot)])), ballot
        ),
        "opening": opening,
        "participation_code": entry.participation_code,
        "station_code": links.station_code(entry, ballot),
        "early": queries.early_closing_of(ballot) if ballot.state == State.OPEN else None,
        "extension": queries.extension_of(ballot),
        "outcome": queries.outcome(ballot) if ballot.state == State.DECLARED else None,
    }
    send(to=person, subject=subject, template=f"ballots/mail/{template}", context=context)


def _in_batches(letter, entries, *args):
    pks = list(entries.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        tasks.later(letter, pks[start : start + BATCH], *args)
