"""How the events that everybody may know are told: a title, a sentence, where it leads and its stage."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qlabs.base.lab import stages
from qlabs.base.ui.words import day, in_a_row, number, percent, uk_time
from qlabs.choose.ballots.queries import told_sources

GROUPED = "themes.shortlisted"


@dataclass(frozen=True)
class Telling:
    """What an event says. leads: (words, address) or None; points: a list under the sentence."""

    title: str
    text: str = ""
    leads: tuple | None = None
    stage: str = ""
    points: tuple = ()


def tell(group):
    """The words of one event, or of a group of the same kind on the same day."""
    return TOLD[group[0].what](group)


def _created(group):
    return Telling(_("The lab was set up"))


def _opened(group):
    stage = stages.BY_KEY[group[0].facts["stage"]]
    return Telling(_("“%(stage)s” began") % {"stage": stage.name}, str(stage.does), None, stage.key)


def _closed(group):
    stage = stages.BY_KEY[group[0].facts["stage"]]
    leaves = _("This stage produced: %(what)s.") % {"what": _small(str(stage.leaves))}
    return Telling(_("“%(stage)s” ended") % {"stage": stage.name}, leaves, None, stage.key)


def _gate(group):
    facts = group[0].facts
    stage = stages.BY_KEY[facts["stage"]]
    unmet = len(facts.get("unmet", ()))
    words = _("Everything that the lab wanted to have by then was there.")
    if unmet:
        words = ngettext(
            "%(n)s thing that the lab wanted to have by then was missing. The lab team decided to go on.",
            "%(n)s things that the lab wanted to have by then were missing. The lab team decided to go on.",
            unmet,
        ) % {"n": unmet}
    return Telling(_("The lab moved on from “%(stage)s”") % {"stage": stage.name}, words, None, stage.key)


def _funding(group):
    facts = group[0].facts
    dates = {name: day(date.fromisoformat(facts[name])) for name in ("starts_on", "ends_on")}
    words = _("From %(starts_on)s to %(ends_on)s.") % dates
    if facts.get("pounds"):
        dates["pounds"] = number(facts["pounds"])
        words = _("£%(pounds)s, from %(starts_on)s to %(ends_on)s.") % dates
    return Telling(_("%(funder)s funds the lab") % {"funder": facts["funder"]}, words)


def _theme(group):
    title = _("The lab has its theme: %(theme)s") % {"theme": group[0].facts["theme"]}
    return Telling(title, "", None, "choose")


def _challenge(group):
    return Telling(_("The lab has its challenge"), group[0].facts["challenge"], None, "frame")


def _archived(group):
    return Telling(_("The lab was archived"), _("Its work is finished. Everything stays here to read."))


def _shortlisted(group):
    titles = tuple(event.facts["title"] for event in group)
    title = ngettext("%(n)s theme was shortlisted", "%(n)s themes were shortlisted", len(titles))
    leads = _link(_("Read the themes"), "themes:index", group[0].lab.slug)
    return Telling(title % {"n": len(titles)}, "", leads, "choose", titles)


def _vote_opened(group):
    roll, code = group[0].facts["roll"], group[0].facts.get("check_code")
    words = ngettext(
        "%(n)s member is on the voters’ list.", "%(n)s members are on the voters’ list.", roll
    ) % {"n": number(roll)}
    points = (
        (_("Check code of this vote, the same as in every invitation: %(code)s") % {"code": code},)
        if code
        else ()
    )
    points += tuple(told_sources(group[0].facts.get("roll_sources")))
    title, between = _("The vote opened"), group[0].facts.get("between")
    if between:
        title = _("The run-off opened, between %(titles)s") % {"titles": in_a_row(between)}
    return Telling(title, words, _ballot(_("See the vote"), group[0]), "choose", points)


def _roll_corrected(group):
    title = ngettext(
        "%(n)s person was taken off the list of voters",
        "%(n)s people were taken off the list of voters",
        len(group),
    ) % {"n": number(len(group))}
    roll = min(event.facts["roll"] for event in group)
    words = ngettext(
        "Nobody had voted yet. %(n)s member can vote.", "Nobody had voted yet. %(n)s members can vote.", roll
    ) % {"n": number(roll)}
    return Telling(title, words, _ballot(_("Read about the vote"), group[0]), "choose")


def _vote_closed(group):
    facts = group[0].facts
    words = ""
    if "voted" in facts:
        words = _("%(voted)s of %(roll)s members voted.") % {
            "voted": number(facts["voted"]), "roll": number(facts["roll"]),
        }  # fmt: skip
    if facts.get("early"):
        words = f"{words} {_('It closed earlier than first announced.')}".strip()
    return Telling(_("The vote closed"), words, _ballot(_("Read about the vote"), group[0]), "choose")


def _closing_asked(group):
    facts = group[0].facts
    words = _("New closing time: %(when)s. The reason: %(reason)s") % {
        "when": uk_time(datetime.fromisoformat(facts["ends_at"])), "reason": facts["reason"],
    }  # fmt: skip
    title = _("The lab team asked to close the vote early")
    return Telling(title, words, _ballot(_("Read about the vote"), group[0]), "choose")


def _closing_agreed(group):
    title = _("A second member of the lab team agreed to close the vote")
    return Telling(title, "", _ballot(_("Read about the vote"), group[0]), "choose")


def _extended(group):
    facts = group[0].facts
    words = _("New closing time: %(when)s. The reason: %(reason)s") % {
        "when": uk_time(datetime.fromisoformat(facts["ends_at"])), "reason": facts["reason"],
    }  # fmt: skip
    title = _("The lab team extended the vote")
    return Telling(title, words, _ballot(_("Read about the vote"), group[0]), "choose")


def _closing_withdrawn(group):
    until = uk_time(datetime.fromisoformat(group[0].facts["ends_at"]))
    words = _("Closing time: %(when)s, as first announced.")
    if group[0].facts.get("extended"):
        words = _("Closing time: %(when)s, as announced.")
    words %= {"when": until}
    title = _("The vote stays open after all")
    return Telling(title, words, _ballot(_("Read about the vote"), group[0]), "choose")


def _everybody_voted(group):
    title = _("Everybody has voted")
    return Telling(title, "", _ballot(_("Read about the vote"), group[0]), "choose")


def _stopped(group):
    words = _("It will have no result. The reason: %(reason)s") % {"reason": group[0].facts["reason"]}
    return Telling(_("The vote was stopped"), words, _ballot(_("Read about the vote"), group[0]), "choose")


def _voided(group):
    facts = group[0].facts
    words = _("It had been stopped. All votes have been destroyed, and nobody has seen them.")
    if facts["because"] == "few":
        words = _(
            "Fewer than %(fewest)s people voted, so all votes have been destroyed and nobody has seen them."
        ) % {"fewest": number(facts["fewest"])}
    leads = _ballot(_("Read about the vote"), group[0])
    return Telling(_("The vote ended without a result"), words, leads, "choose")


def _declared(group):
    facts = group[0].facts
    leads = _ballot(_("See the whole result"), group[0])
    if not facts.get("winner"):
        return _no_winner(facts, leads)
    words = _("%(votes)s of the %(voted)s people who voted chose it.") % {
        "votes": number(facts["votes"]), "voted": number(facts["voted"]),
    }  # fmt: skip
    if facts.get("by_lot"):
        drawn = _("%(titles)s came joint first, so the random draw, fixed in advance, decided.")
        words = f"{words} {drawn % {'titles': in_a_row(facts['tied'])}}"
    title = _("The result: %(winner)s") % {"winner": facts["winner"]}
    return Telling(title, f"{words} {_turnout(facts)}", leads, "choose")


def _no_winner(facts, leads):
    """A tie; or, as told since the event names who tied, too few votes to choose."""
    if "tied" in facts and (facts["by_lot"] or not facts["tied"]):
        words = _("Fewer people voted than were asked for, or nobody chose a theme, so no theme is set.")
        return Telling(_("The result: no theme was chosen"), f"{words} {_turnout(facts)}", leads, "choose")
    words = ""
    if facts.get("tied"):
        words = _("%(titles)s came joint first.") % {"titles": in_a_row(facts["tied"])}
    return Telling(_("The result: a tie"), f"{words} {_turnout(facts)}".strip(), leads, "choose")


def _turnout(facts):
    share = percent(facts["voted"] / facts["roll"]) if facts["roll"] else percent(0)
    return _("%(roll)s members could vote, so the turnout was %(share)s.") % {
        "roll": number(facts["roll"]), "share": share,
    }  # fmt: skip


def _ballot(words, event):
    return _link(words, "ballots:ballot", event.lab.slug, event.on_id)


def _link(words, name, *args):
    try:
        return words, reverse(name, args=args)
    except NoReverseMatch:
        return None


def _small(words):
    return words[:1].lower() + words[1:]


TOLD = {
    "lab.created": _created,
    "lab.stage_opened": _opened,
    "lab.stage_closed": _closed,
    "lab.gate_passed": _gate,
    "lab.funding_recorded": _funding,
    "lab.theme_chosen": _theme,
    "lab.challenge_set": _challenge,
    "lab.archived": _archived,
    GROUPED: _shortlisted,
    "ballots.opened": _vote_opened,
    "ballots.roll_corrected": _roll_corrected,
    "ballots.closed": _vote_closed,
    "ballots.early_closing_asked": _closing_asked,
    "ballots.early_closing_agreed": _closing_agreed,
    "ballots.early_closing_withdrawn": _closing_withdrawn,
    "ballots.extended": _extended,
    "ballots.everybody_voted": _everybody_voted,
    "ballots.stopped": _stopped,
    "ballots.voided": _voided,
    "ballots.declared": _declared,
}
