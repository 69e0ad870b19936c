"""Each public kind of event, word for word."""

import pytest
from django.utils import translation

from qlabs.across.story import kinds
from qlabs.base.core.models import Event
from qlabs.base.lab.models import Lab

LAB = Lab(slug="asthma", title="Asthma")


def told(what, **facts):
    return kinds.tell([Event(position=1, lab=LAB, what=what, facts=facts, on_id="7")])


@pytest.mark.parametrize(
    ("what", "facts", "words"),
    [
        ("lab.created", {"title": "Asthma"}, ("The lab was set up", "", "")),
        (
            "lab.stage_opened",
            {"stage": "choose"},
            ("“Choose a theme” began", "Themes are proposed and the community votes in secret.", "choose"),
        ),
        (
            "lab.stage_closed",
            {"stage": "frame"},
            (
                "“Frame the challenge” ended",
                "This stage produced: areas and the challenge question.",
                "frame",
            ),
        ),
        (
            "lab.gate_passed",
            {"stage": "choose", "unmet": [], "override": False, "reason": ""},
            (
                "The lab moved on from “Choose a theme”",
                "Everything that the lab wanted to have by then was there.",
                "choose",
            ),
        ),
        (
            "lab.gate_passed",
            {"stage": "choose", "unmet": ["Funding"], "override": True, "reason": "It is promised."},
            (
                "The lab moved on from “Choose a theme”",
                "1 thing that the lab wanted to have by then was missing. The lab team decided to go on.",
                "choose",
            ),
        ),
        (
            "lab.funding_recorded",
            {
                "funder": "The Health Foundation",
                "pounds": 250000,
                "starts_on": "2016-12-01",
                "ends_on": "2017-11-30",
            },
            (
                "The Health Foundation funds the lab",
                "£250,000, from Thursday 1 December 2016 to Thursday 30 November 2017.",
                "",
            ),
        ),
        (
            "lab.funding_recorded",
            {"funder": "NHS Improvement", "pounds": None, "starts_on": "2016-12-01", "ends_on": "2017-11-30"},
            (
                "NHS Improvement funds the lab",
                "From Thursday 1 December 2016 to Thursday 30 November 2017.",
                "",
            ),
        ),
        (
            "lab.theme_chosen",
            {"theme": "Waiting well"},
            ("The lab has its theme: Waiting well", "", "choose"),
        ),
        ("lab.challenge_set", {"challenge": "What if?"}, ("The lab has its challenge", "What if?", "frame")),
        (
            "lab.archived",
            {},
            ("The lab was archived", "Its work is finished. Everything stays here to read.", ""),
        ),
        ("themes.shortlisted", {"title": "Waiting well"}, ("1 theme was shortlisted", "", "choose")),
        (
            "ballots.opened",
            {"roll": 447},
            ("The vote opened", "447 members are on the voters’ list.", "choose"),
        ),
        (
            "ballots.closed",
            {"voted": 149, "roll": 447, "early": False, "reason": ""},
            ("The vote closed", "149 of 447 members voted.", "choose"),
        ),
        (
            "ballots.early_closing_asked",
            {"reason": "All have voted.", "ends_at": "2017-02-02T12:00:00+00:00"},
            (
                "The lab team asked to close the vote early",
                "New closing time: Thursday 2 February 2017, midday UK time. The reason: All have voted.",
                "choose",
            ),
        ),
        (
            "ballots.early_closing_agreed",
            {"reason": "All have voted."},
            ("A second member of the lab team agreed to close the vote", "", "choose"),
        ),
        (
            "ballots.early_closing_withdrawn",
            {"ends_at": "2017-02-22T17:00:00+00:00"},
            (
                "The vote stays open after all",
                "Closing time: Wednesday 22 February 2017, 5pm UK time, as first announced.",
                "choose",
            ),
        ),
        (
            "ballots.early_closing_withdrawn",
            {"ends_at": "2017-03-01T17:00:00+00:00", "extended": True},
            (
                "The vote stays open after all",
                "Closing time: Wednesday 1 March 2017, 5pm UK time, as announced.",
                "choose",
            ),
        ),
        (
            "ballots.extended",
            {"ends_at": "2017-03-01T17:00:00+00:00", "reason": "The post was late."},
            (
                "The lab team extended the vote",
                "New closing time: Wednesday 1 March 2017, 5pm UK time. The reason: The post was late.",
                "choose",
            ),
        ),
        ("ballots.everybody_voted", {"roll": 12}, ("Everybody has voted", "", "choose")),
        (
            "ballots.stopped",
            {"reason": "Votes were lost."},
            ("The vote was stopped", "It will have no result. The reason: Votes were lost.", "choose"),
        ),
        (
            "ballots.voided",
            {"because": "few", "fewest": 10, "roll": 447},
            (
                "The vote ended without a result",
                "Fewer than 10 people voted, so all votes have been destroyed and nobody has seen them.",
                "choose",
            ),
        ),
        (
            "ballots.voided",
            {"because": "stopped", "fewest": 10, "roll": 447},
            (
                "The vote ended without a result",
                "It had been stopped. All votes have been destroyed, and nobody has seen them.",
                "choose",
            ),
        ),
        (
            "ballots.roll_corrected",
            {"roll": 446},
            (
                "1 person was taken off the list of voters",
                "Nobody had voted yet. 446 members can vote.",
                "choose",
            ),
        ),
        (
            "ballots.declared",
            {"winner": "Waiting well", "votes": 61, "voted": 149, "roll": 447},
            (
                "The result: Waiting well",
                "61 of the 149 people who voted chose it. 447 members could vote, so the turnout was 33%.",
                "choose",
            ),
        ),
        (
            "ballots.declared",
            {"winner": "", "votes": 0, "voted": 0, "roll": 0},
            ("The result: a tie", "0 members could vote, so the turnout was 0%.", "choose"),
        ),
        (
            "ballots.declared",
            {"winner": "", "votes": 0, "voted": 5, "roll": 10, "tied": [], "by_lot": False},
            (
                "The result: no theme was chosen",
                "Fewer people voted than were asked for, or nobody chose a theme, so no theme is set. "
                "10 members could vote, so the turnout was 50%.",
                "choose",
            ),
        ),
    ],
)
def test_an_event_is_told_in_plain_words(what, facts, words):
    telling = told(what, **facts)
    assert (telling.title, telling.text, telling.stage) == words


def test_every_public_kind_has_its_words_tested():
    marks = test_an_event_is_told_in_plain_words.pytestmark[0].args[1]
    assert {row[0] for row in marks} == set(kinds.TOLD)


def test_the_reason_for_passing_a_gate_stays_with_the_team():
    telling = told("lab.gate_passed", stage="choose", unmet=["Funding"], override=True, reason="Ann is ill.")
    assert "Ann" not in f"{telling}"


def test_the_opening_of_a_vote_tells_its_check_code():
    telling = told("ballots.opened", roll=447, check_code="7K3M-2QXA-7K3M-2QXA")
    assert telling.points == (
        "Check code of this vote, the same as in every invitation: 7K3M-2QXA-7K3M-2QXA",
    )


def test_words_can_follow_in_another_language():
    with translation.override("cy"):
        assert told("lab.created").title == "The lab was set up"


def test_the_opening_of_a_vote_tells_where_its_voters_come_from():
    sources = {
        "from": [
            {"how": "list", "source": "Members of Q", "on": "2017-01-03", "people": 440},
            {"how": "invitation", "people": 7},
        ],
        "planned": "2017-01-12",
        "added": [{"on": "2017-01-15", "people": 2}, {"on": "2017-01-16", "people": 1}],
        "possible_doubles": 1,
    }
    assert told("ballots.opened", roll=447, roll_sources=sources).points == (
        "440 from the list “Members of Q”, imported on Tuesday 3 January 2017",
        "7 joined by accepting an invitation",
        "3 of them were added after the vote was planned on Thursday 12 January 2017.",
        "1 person may be on the list of voters twice.",
    )
