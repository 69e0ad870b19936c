"""The story that people wrote by hand, after the page the Q Labs published in 2017, in our own words.

Published are the seasons and the months. Where an exact day is needed to put things in order it is ours.
"""

from dataclasses import dataclass
from datetime import datetime

from qlabs.base.ui.words import LONDON


@dataclass(frozen=True)
class Written:
    """One entry by hand: when it happened, how the time is told, its words, and the name of a drawing."""

    at: datetime
    period: str
    title: str
    text: str
    picture: str = ""


def on(year, month, day, hour=10):
    """That hour in London."""
    return datetime(year, month, day, hour, tzinfo=LONDON)


BEFORE_THE_VOTE = (
    Written(
        on(2015, 9, 15),
        "2015",
        "An idea comes up: labs for improvement",
        "Q, a community of people who improve health and care, was being designed together with its first members. "
        "Some of them asked: could there be a place where many of us work on one hard problem at the same time? "
        "They called it an improvement lab.",
        "idea",
    ),
    Written(
        on(2016, 4, 11),
        "Spring 2016",
        "A small team starts",
        "The Health Foundation and NHS Improvement asked a small team to find out how such a lab would work in real "
        "life: who takes part, what happens when, and how we would know that it helps.",
    ),
    Written(
        on(2016, 5, 19),
        "May 2016",
        "First thoughts, shown in Leeds and in London",
        "The team took an early sketch of the lab to two meetings of the Q community, one in Leeds and one in "
        "London. Members said what they liked, what worried them and what was missing.",
        "two-cities",
    ),
    Written(
        on(2016, 7, 14),
        "Summer 2016",
        "Learning from labs around the world",
        "Others have done this before us. The team got in touch with labs in other countries and asked three things: "
        "what does a lab believe in, how do you set one up, and how do you work with people who are very different "
        "from each other?",
    ),
    Written(
        on(2016, 10, 5, 11),
        "Autumn 2016",
        "There is money for a pilot",
        "The Health Foundation and NHS Improvement agreed to pay for one lab for one year, to test whether the model "
        "works. How much they gave was not published, so no sum is shown here.",
    ),
)
AFTER_THE_VOTE = (
    Written(
        on(2017, 2, 20),
        "January – February 2017",
        "Reading what members wrote",
        "Members did more than vote: many said why. The team read every reason, on every theme, because they tell "
        "where to look first.",
    ),
    Written(
        on(2017, 3, 16, 17),
        "March – April 2017",
        "A workshop: what could we explore?",
        "About 25 people met for a day: patients, carers, staff, researchers, designers, people from charities and "
        "from housing, some of them members of Q and some not. They put what they know on a wall and looked for "
        "areas within the theme that the lab could explore.",
        "workshop",
    ),
    Written(
        on(2017, 4, 3, 9),
        "March – April 2017",
        "A room of our own",
        "The lab team moved into a new office at King's Cross in London. The year of the lab begins here.",
    ),
)
PURPOSE = (
    "A place where people from across the UK work together on one hard problem in health and care. The lab brings "
    "together what research knows and what patients, carers and staff live through, finds ideas, tests them with "
    "the Q community and shares what was learnt. It is the first of its kind here, so we test the lab itself too.\n\n"
    "This is a demo after the real pilot of 2015 to 2017. All people and organisations in it are invented, and so "
    "are four of the five themes and every reason. The numbers of the vote are built to fit what was published."
)
REASONS_NOTE = "Thank you for every reason you gave."
