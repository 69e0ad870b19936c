"""The personal code: found whatever way it was typed, and good for one person, one vote and her links of now."""

import re

import pytest

from qlabs.choose.ballots import links
from qlabs.choose.ballots.tests.factories import BallotFactory, entries, open_ballot
from qlabs.choose.stations import queries
from qlabs.choose.stations.links import token

pytestmark = pytest.mark.django_db


def code_of(entry, ballot):
    return links.station_code(entry, ballot)


def test_a_code_has_sixteen_signs_that_cannot_be_mixed_up(ballot):
    codes = {code_of(entry, ballot) for entry in entries(ballot)}
    assert len(codes) == ballot.roll_size
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}", code) for code in codes)


@pytest.mark.parametrize(
    "typed",
    [
        str,
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: f"  {code.replace('-', ' – ')}  ",
        lambda code: code.replace("-", "\u2011"),
        lambda code: code.replace("0", "O").replace("1", "l"),
        lambda code: code.replace("1", "i").replace("0", "o"),
    ],
)
def test_a_code_is_found_however_it_is_typed(ballot, typed):
    for entry in entries(ballot):
        assert queries.entry_by_code(ballot, typed(code_of(entry, ballot))) == entry


@pytest.mark.parametrize("typed", ["", "7K3M", "U" * 16, "é" * 16, "0" * 16, "-" * 60, "\x00" * 16])
def test_what_is_no_code_finds_nobody(ballot, typed):
    assert queries.entry_by_code(ballot, typed) is None


def test_every_sign_of_a_code_counts(ballot):
    entry = entries(ballot)[0]
    code = code_of(entry, ballot)
    for place, sign in enumerate(code):
        if sign != "-":
            other = code[:place] + ("0" if sign != "0" else "2") + code[place + 1 :]
            assert queries.entry_by_code(ballot, other) is None


def test_a_code_is_good_for_one_vote_only(ballot, lab):
    second = open_ballot(BallotFactory(lab=lab))
    assert queries.entry_by_code(second, code_of(entries(ballot)[0], ballot)) is None


def test_a_code_dies_with_the_links_and_the_account_of_its_person(ballot):
    ann, ben, _cas, *_others = entries(ballot)
    codes = [code_of(ann, ballot), code_of(ben, ballot)]
    ann.person.link_number += 1
    ann.person.save()
    ben.person.is_active = False
    ben.person.save()
    assert [queries.entry_by_code(ballot, code) for code in codes] == [None, None]


def test_codes_of_an_older_secret_key_are_still_good(ballot, settings):
    entry = entries(ballot)[0]
    code, before = code_of(entry, ballot), settings.SECRET_KEY
    settings.SECRET_KEY = "another secret of fifty signs, made for this one test"
    assert queries.entry_by_code(ballot, code) is None
    settings.SECRET_KEY_FALLBACKS = [before]
    assert queries.entry_by_code(ballot, code) == entry
    settings.SECRET_KEY_FALLBACKS = []


@pytest.mark.parametrize("made_up", ["", "x", "1", "1-", "9999999999999999999-a", "²-a"])
def test_a_made_up_link_is_no_station(station, made_up):
    assert queries.station_by_token(made_up) is None
    assert queries.station_by_token(token(station)[:-1] + "u") is None
    assert queries.station_by_token(token(station).upper()) == station
