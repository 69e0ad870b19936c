"""A stranger's recount compares what was fixed at the opening: the keys, and who may take part."""

import pytest

from labengines.voting import fingerprints
from labengines.voting.tests import boxes

CHECK_CODE = fingerprints.check_code(fingerprints.fingerprint("theme-1", boxes.KEY_HASHES))


# What a voter holds from her email --------------------------------------------


@pytest.mark.parametrize("typed", [CHECK_CODE, CHECK_CODE.lower().replace("-", " ")])
def test_the_check_code_of_the_email_fits_the_keys(recount, book, typed):
    assert recount(book, "--check", typed)[0] == 0


@pytest.mark.parametrize("typed", ["7K3M-2QXA-7K3M-2QXA", "7K3M"])
def test_another_check_code_than_that_of_the_keys_is_said(recount, book, typed):
    status, lines = recount(book, "--check", typed)

    words = f"WRONG: the check code is not {typed}: mistyped, or other keys than in your email"
    assert (status, lines[-2:]) == (1, [words, "1 problem found"])


@pytest.mark.parametrize(
    ("number", "words"), [(0, "took part"), (20, "took part"), (21, "did not take part")]
)
def test_whoever_holds_a_participation_code_sees_whether_it_took_part(recount, book, number, words):
    code = fingerprints.participation_code(number)

    assert recount(book, "--took-part", code.lower())[1][-2:] == [
        f"participation code {code.lower()}: {words}",
        "all is well",
    ]


def test_a_participation_code_of_nobody_is_never_an_all_clear(recount, book):
    code = fingerprints.participation_code(2**79)

    status, lines = recount(book, "--took-part", code)
    words = f"WRONG: {code} is no participation code of this vote: check how you typed it"
    assert (status, lines[-2]) == (1, words)


@pytest.mark.parametrize("option", ["--check", "--took-part"])
def test_a_file_of_the_first_format_promises_neither(recount, book, option):
    assert recount(boxes.in_first_format(book), option, CHECK_CODE)[0] == 1


def swapped_titles(book):
    first, second, *others = book["options"]
    options = [first | {"title": second["title"]}, second | {"title": first["title"]}, *others]
    return book | {"options": options}


def another_question(book):
    return book | {"ballot": book["ballot"] | {"question": "Which theme should the lab leave out?"}}


@pytest.mark.parametrize("change", [swapped_titles, another_question])
def test_a_vote_for_one_title_never_becomes_a_vote_for_another(recount, second, book, change):
    changed = change(book)
    status, lines = recount(changed)
    words = "WRONG: option 1 had another title, or another question, when people voted"
    assert (status, words in lines) == (1, True)
    assert "title" in second(changed)["problems"]


def with_keys(book, **hashes):
    """Other keys, with the fingerprint mended."""
    changed = book["keys"]["hashes"] | hashes
    return book | {"keys": {"hashes": changed, "sha256": fingerprints.fingerprint("theme-1", changed)}}


@pytest.mark.parametrize(
    "change",
    [
        lambda book: boxes.with_roll(book, **boxes.codes_of(19)) | {"keys_signed": 21},
        lambda book: boxes.with_roll(book, **boxes.codes_of(19)) | {"keys_signed": 19},
        lambda book: boxes.with_roll(book, **boxes.codes_of(22)),
        lambda book: book | {"keys_signed": 22},
        lambda book: boxes.with_roll(book, took_part=sorted([*book["roll"]["took_part"][1:], "0" * 64])),
        lambda book: boxes.with_roll(
            book, took_part=[book["roll"]["took_part"][0], *book["roll"]["took_part"][:-1]]
        ),
        lambda book: boxes.with_roll(book, codes=[book["roll"]["codes"][0], *book["roll"]["codes"][:-1]]),
        lambda book: boxes.with_roll(book, codes=book["roll"]["codes"] + ["f" * 64]),
        lambda book: boxes.with_roll(book, took_part=book["roll"]["took_part"][::-1]),
        lambda book: with_keys(book, choice="00" * 32),
        lambda book: book | {"keys": book["keys"] | {"sha256": "00" * 32}},
        lambda book: (
            book | {"keys": {**book["keys"], "hashes": book["keys"]["hashes"] | {"reason": "33" * 32}}}
        ),
    ],
)
def test_codes_or_keys_that_do_not_fit_the_votes_are_detected(recount, second, book, change):
    changed = change(book)

    assert (recount(changed)[0], second(changed)["problems"] != []) == (1, True)


def test_other_keys_with_their_fingerprint_mended_fail_against_the_email(recount, book):
    changed = with_keys(book, reason="33" * 32)

    assert (recount(changed)[0], recount(changed, "--check", CHECK_CODE)[0]) == (0, 1)
