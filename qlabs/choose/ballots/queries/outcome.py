"""Reads of a declared result: the numbers from the row, the words and the picture from the chart engine."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from labcharts.bars import Words, bars, bars_sentence, bars_table
from labcharts.groups import GroupWords, groups_table
from labengines.voting import voter
from labengines.voting.ballot_file import in_order
from labengines.voting.types import Breakdown, Result, Row

from ..models import Attribute, BallotFile, CountedVote, Reason
from .ballots import options
from .roll import groups_of

RECOUNT = Path(__file__).resolve().parents[4] / "scripts" / "recount.py"
KEPT = 8
REASON_STATES = Reason.State.choices


@dataclass(frozen=True)
class Outcome:
    """A declared result as it is told. `winner` and `tied` are options; `rows` come most votes first."""

    result: Result
    titles: dict
    sentence: str
    picture: Markup
    rows: tuple
    winner: object
    tied: tuple
    quorum_met: bool


def outcome(ballot):
    """The Outcome of a declared ballot."""
    found = {option.public_id: option for option in options(ballot)}
    titles = {key: option.title for key, option in found.items()}
    result, words = _result(ballot, found), _words()
    return Outcome(
        result=result,
        titles=titles,
        sentence=bars_sentence(result, titles=titles, words=words),
        picture=Markup(bars(result, titles=titles, words=words)),  # noqa: S704 - the engine escapes every text
        rows=bars_table(result, titles=titles, words=words),
        winner=found[result.winners[0]] if len(result.winners) == 1 else None,
        tied=tuple(found[key] for key in result.ties),
        quorum_met=ballot.result["quorum_met"],
    )


def breakdowns(ballot, told):
    """[(caption, lines)] of every breakdown, exactly as the published file has them."""
    return [(Attribute(attribute).label, _lines(ballot, attribute, told)) for attribute in ballot.breakdowns]


def recount_program():
    """The text of scripts/recount.py."""
    return RECOUNT.read_text(encoding="utf-8")


def counted(ballot):
    """The votes of a closed ballot."""
    return list(CountedVote.objects.filter(ballot=ballot))


def file_of(ballot):
    """The published bytes."""
    return bytes(BallotFile.objects.get(ballot=ballot).content)


def receipts(ballot):
    """The receipts of every vote counted, in the order of the file."""
    return _receipts(ballot.pk, ballot.file_sha256)


@lru_cache(KEPT)
def _receipts(ballot_pk, _file_sha256):
    """Kept in memory: once declared they never change, and the checksum tells one file from another."""
    keys = CountedVote.objects.filter(ballot_id=ballot_pk).values_list("public_key", flat=True)
    return [voter.receipt(bytes.fromhex(vote["key"])) for vote in in_order([{"key": key} for key in keys])]


def reasons_shown(ballot):
    """[(title, [texts])] of the reasons that a moderator has let through, by option."""
    texts = {}
    for reason in Reason.objects.filter(ballot=ballot, state=Reason.State.SHOWN):
        texts.setdefault(reason.choice, []).append(reason.text)
    titles = {option.public_id: option.title for option in options(ballot)} | {"": _("No choice")}
    return [(title, texts[key]) for key, title in titles.items() if key in texts]


def reason_state(asked):
    """The state of reasons that was asked for; those to be read if it was none."""
    return asked if asked in Reason.State.values else Reason.State.PENDING


def reasons_in(ballot, state):
    """Reasons in one state, with the title of what each was given for."""
    titles = {option.public_id: option.title for option in options(ballot)} | {"": _("No choice")}
    rows = list(Reason.objects.filter(ballot=ballot, state=state))
    for row in rows:
        row.title = titles[row.choice]
    return rows


def reasons_waiting(ballot):
    return Reason.objects.filter(ballot=ballot, state=Reason.State.PENDING).count()


def _lines(ballot, attribute, told):
    shown = _breakdown(ballot, attribute, told.result)
    return groups_table(shown, titles=told.titles, groups=dict(groups_of(attribute)), words=_group_words())


def _result(ballot, found):
    stored = ballot.result
    return Result(
        rule=ballot.method,
        seats=1,
        stages=(),
        tallies=tuple((key, stored["tallies"][key]) for key in found),
        blanks=stored["blanks"],
        roll=ballot.roll_size,
        winners=tuple(stored["winners"]),
        ties=tuple(stored["tied"]),
        decided_by=stored["decided_by"],
    )


def _breakdown(ballot, attribute, result):
    order = [key for key, _votes in result.tallies]
    return Breakdown(
        rows=tuple(_row(row, order) for row in ballot.marginals[attribute]), threshold=ballot.threshold
    )


def _row(row, order):
    if not row["shown"]:
        return Row(row["group"], shown=False)
    tallies = tuple((key, row["tallies"][key]) for key in order)
    return Row(row["group"], shown=True, tallies=tallies, blanks=row["blanks"])


def _votes(number):
    return ngettext("%(num)s vote", "%(num)s votes", number) % {"num": f"{number:,}"}


def _words():
    return Words(
        heading=_("Result of the vote"),
        no_choice=_("No choice"),
        winner=_("Chosen"),
        joint_first=_("Joint first"),
        label=_("{votes} ({percent})"),
        votes=_votes,
        won=_("{votes} of {cast} people who voted ({percent}) chose “{first}”."),
        drawn=_("{tied} had {votes} each. A random draw, fixed in advance, chose “{first}”."),
        open_tie=_("{tied} came joint first, with {votes} each."),
        nobody=_("Nobody chose an option."),
        turnout=_("{cast} of {roll} people who could vote did so ({percent})."),
        join=_(" and "),
    )


def _group_words():
    return GroupWords(
        hidden=_("Not shown, to protect the secrecy of the vote"),
        not_given=_("Not given"),
        led=_("“{first}”, with {votes} of {voters}"),
        joint=_("Joint first: {first}, with {votes} each of {voters}"),
        nobody=_("Nobody chose an option"),
        join=_(" and "),
    )
