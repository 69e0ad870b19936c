import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction

from qlabs.base.core.errors import Conflict
from qlabs.base.core.models import Event
from qlabs.base.lab.models import Lab
from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions, keys, publication, queries
from qlabs.choose.ballots.errors import Impossible
from qlabs.choose.ballots.models import (
    Ballot,
    CountedVote,
    Reason,
    RollEntry,
    SealedVote,
    SignedKey,
    SigningKey,
)
from qlabs.choose.themes.tests.factories import ThemeFactory

from .factories import (
    CLOSES,
    LATER,
    NOON,
    OPENED,
    BallotFactory,
    closed_ballot,
    declared_ballot,
    enough_votes,
    entries,
    kept_keys,
    members,
    open_ballot,
)

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[4]


def vote(entry, choice, *, reason="", seed=None):
    seed = seed or entry.pk.to_bytes(16, "big")
    return actions.vote_for(entry=entry, seed=seed, choice=choice, reason=reason, at=NOON)


def vote_all(ballot, *choices):
    """The first people on the roll choose these options by number; None is no choice."""
    options = [option.public_id for option in ballot.options.all()]
    for entry, choice in zip(entries(ballot), choices, strict=False):
        vote(entry, "" if choice is None else options[choice])
    return options


@pytest.fixture
def ballot():
    members(6, nation="wales")
    return open_ballot()


def test_closing_keeps_only_the_last_vote_of_each_key(ballot):
    options = vote_all(ballot, 0, 1, None)
    vote(entries(ballot)[0], options[2])
    closed_ballot(ballot)
    choices = CountedVote.objects.values_list("choice", flat=True)
    assert sorted(choices) == sorted(["", "", "", options[1], options[2]])
    assert not SealedVote.objects.exists()


def test_closing_destroys_the_signing_keys(ballot):
    assert not SigningKey.objects.filter(private="").exists()
    closed_ballot(ballot)
    assert not SigningKey.objects.exclude(private="").exists()


def test_reasons_leave_the_box_without_their_key():
    members(6, nation="wales")
    ballot = open_ballot(reason_prompt="Why?")
    options = vote_all(ballot, 0, 1)
    vote(entries(ballot)[2], options[1], reason="We wait too long.")
    closed_ballot(ballot)
    assert list(Reason.objects.values_list("choice", "text", "state")) == [
        (options[1], "We wait too long.", "pending")
    ]
    assert (SealedVote.objects.count(), CountedVote.objects.count()) == (0, 5)


def test_a_ballot_does_not_close_before_its_time(ballot):
    with pytest.raises(Conflict):
        actions.close_ballot(ballot=ballot, at=NOON)


def test_closing_twice_is_closing_once(ballot):
    enough_votes(ballot)
    actions.close_ballot(ballot=ballot, at=LATER)
    actions.close_ballot(ballot=ballot, at=LATER)
    assert Event.objects.filter(what="ballots.closed").count() == 1


def test_a_result_is_not_declared_before_the_box_is_sealed(ballot, monkeypatch):
    enough_votes(ballot)
    closed = actions.close_ballot(ballot=ballot, at=LATER)
    monkeypatch.setattr("qlabs.choose.ballots.actions.declaring.scrub", lambda **_: None)
    with pytest.raises(Conflict):
        actions.declare(ballot=closed, by=PersonFactory(), at=LATER)


def test_scrubbing_refuses_to_run_inside_an_action(ballot):
    closed = actions.close_ballot(ballot=ballot, at=LATER)
    with transaction.atomic(), pytest.raises(RuntimeError):
        actions.scrub(ballot=closed, at=LATER)


def test_the_winner_becomes_the_labs_theme():
    members(5)
    themes = ThemeFactory.create_batch(2, shortlisted=True, lab=LabFactory(public=True))
    draft = actions.create_ballot(
        lab=themes[0].lab, question="Which?", closes_at=CLOSES, by=PersonFactory(), at=OPENED, themes=themes,
        fewest_votes=5,
    )  # fmt: skip
    ballot = actions.open_ballot(ballot=draft, by=PersonFactory(), at=OPENED, make_keys=kept_keys)
    vote_all(ballot, 1, 1, 0, None, None)
    declared_ballot(ballot)
    assert Lab.objects.get(pk=themes[0].lab_id).theme == themes[1].title
    facts = Event.objects.get(what="ballots.declared").facts
    assert facts == {
        "winner": themes[1].title,
        "votes": 2,
        "voted": 5,
        "roll": 5,
        "tied": [],
        "by_lot": False,
    }
    assert ThemeFactory._meta.model.objects.filter(state="on-ballot").count() == 2


def test_a_tie_is_joint_first_and_leads_to_a_second_vote(ballot):
    options = vote_all(ballot, 0, 0, 1, 1)
    declared = declared_ballot(ballot)
    assert (declared.result["winners"], declared.result["tied"]) == ([], options[:2])
    assert queries.outcome(declared).sentence == (
        "“Self-care” and “Frailty” came joint first, with 2 votes each. "
        "5 of 6 people who could vote did so (83.3%)."
    )
    second = actions.create_run_off(ballot=declared, closes_at=LATER, by=PersonFactory(), at=LATER)
    assert [option.title for option in second.options.all()] == ["Self-care", "Frailty"]
    with pytest.raises(Conflict):
        actions.create_run_off(ballot=declared, closes_at=LATER, by=PersonFactory(), at=LATER)


def test_the_lot_was_sealed_before_the_vote_opened():
    members(5)
    ballot = actions.create_ballot(
        lab=BallotFactory().lab, question="Which?", closes_at=CLOSES, by=PersonFactory(), at=OPENED,
        options=[("One", ""), ("Two", "")], tie_rule="lot", fewest_votes=5,
    )  # fmt: skip
    sealed = ballot.lot_commitment
    ballot = actions.open_ballot(ballot=ballot, by=PersonFactory(), at=OPENED, make_keys=kept_keys)
    options = vote_all(ballot, 0, 1)
    result = declared_ballot(ballot).result
    seed = bytes.fromhex(result["lot_seed"])
    assert hashlib.sha256(seed).hexdigest() == sealed
    first = min(options, key=lambda option: hashlib.sha256(seed + option.encode()).digest())
    assert (result["winners"], result["decided_by"]) == ([first], "lot")


def test_too_few_votes_set_no_theme():
    members(6)
    ballot = open_ballot(BallotFactory(quorum=6))
    vote_all(ballot, 0, 0)
    declared = declared_ballot(ballot)
    assert (declared.result["quorum_met"], declared.lab.theme) == (False, "")


def test_two_breakdowns_together_do_not_give_away_the_only_carer_of_a_nation():
    """Only Welsh people choose the second option, one of them a carer; each table alone could be shown."""
    for nation, carers, managers in (("wales", 1, 11), ("england", 12, 20)):
        members(carers, nation=nation, perspective="carer")
        members(managers, nation=nation, perspective="manager")
    ballot = open_ballot()
    vote_all(ballot, 1, *[1] * 5, *[0] * 6, *[0] * 10, None, None, *[0] * 18, None, None)
    shown = {name: [row["shown"] for row in rows] for name, rows in closed_ballot(ballot).marginals.items()}
    assert shown == {"nation": [True, True], "perspective": [False, False]}


def test_the_file_and_the_page_hide_the_same_groups():
    members(12, nation="england")
    members(4, nation="wales")
    members(9, nation="scotland")
    ballot = open_ballot()
    vote_all(ballot, *[0, 1] * 12, 2)
    declared = declared_ballot(ballot)
    facts = json.loads(queries.file_of(declared))
    assert [(row["group"], row["shown"]) for row in facts["breakdowns"]["nation"]] == [
        ("england", True), ("scotland", False), ("wales", False),
    ]  # fmt: skip
    assert all(set(row) == {"group", "shown"} for row in facts["breakdowns"]["nation"] if not row["shown"])
    (_nation, lines), _perspective = queries.breakdowns(declared, queries.outcome(declared))
    assert [(line.title, line.voters) for line in lines] == [
        ("England", 12),
        ("Scotland", None),
        ("Wales", None),
    ]


def test_a_stranger_recounts_the_file_and_finds_a_receipt(ballot, tmp_path):
    options = vote_all(ballot, 0, 1, 1, None)
    kept = vote(entries(ballot)[0], options[2])
    declared = declared_ballot(ballot)
    path = tmp_path / "ballot.json"
    path.write_bytes(queries.file_of(declared))
    assert hashlib.sha256(path.read_bytes()).hexdigest() == declared.file_sha256
    ask = [sys.executable, ROOT / "scripts/recount.py", path, "--receipt", kept.receipt]
    good = subprocess.run(ask, capture_output=True, text=True, check=False)
    assert good.returncode == 0, good.stdout + good.stderr
    facts = json.loads(path.read_text())
    facts["votes"][0]["choice"] = options[0] if facts["votes"][0]["choice"] != options[0] else options[1]
    path.write_text(json.dumps(facts))
    assert subprocess.run(ask, capture_output=True, text=True, check=False).returncode == 1


def test_the_published_receipts_are_those_the_voters_keep(ballot):
    kept = [vote(entry, "").receipt for entry in entries(ballot)[:5]]
    declared = declared_ballot(ballot)
    assert sorted(queries.receipts(declared)) == sorted(kept)


def test_more_votes_than_keys_are_never_declared(ballot):
    vote_all(ballot, 0)
    RollEntry.objects.update(has_key=False)
    with pytest.raises(Impossible):
        actions.close_ballot(ballot=ballot, at=LATER)


def test_a_roll_that_was_changed_is_never_declared(ballot):
    closed = closed_ballot(ballot)
    RollEntry.objects.filter(pk=entries(ballot)[0].pk).delete()
    with pytest.raises(Impossible):
        actions.declare(ballot=closed, by=PersonFactory(), at=LATER)


def test_the_corrected_roll_is_the_one_that_is_published(ballot):
    actions.correct_roll(entry=entries(ballot)[0], reason="Twice on the list.", by=PersonFactory(), at=NOON)
    ballot.refresh_from_db()
    assert (ballot.roll_size, RollEntry.objects.count()) == (5, 5)
    vote_all(ballot, 0)
    with pytest.raises(Conflict):
        actions.correct_roll(entry=entries(ballot)[0], reason="Too late.", by=PersonFactory(), at=NOON)
    assert declared_ballot(ballot).roll_size == 5


def test_after_the_close_a_row_of_the_roll_says_only_whether_a_key_was_signed(ballot):
    vote_all(ballot, 0, 1, 0, 1, 0)
    actions.remind(ballot=ballot, by=PersonFactory(), at=NOON)
    RollEntry.objects.filter(has_key=False).update(reminders=1)
    before = entries(ballot)
    assert [bool(entry.request_hash) for entry in before] == [True] * 5 + [False]
    assert SignedKey.objects.count() >= 5
    closed_ballot(Ballot.objects.get())
    rows = [(row.pk, row.has_key, row.request_hash, row.reminders) for row in entries(ballot)]
    assert rows == [(row.pk, row.has_key, "", 1) for row in before]
    assert not SignedKey.objects.exists()


def test_lines_of_those_who_did_not_state_their_group_are_in_no_group():
    members(12, nation="wales")
    members(11)
    ballot = open_ballot(threshold=2)
    vote_all(ballot, *[0, 1] * 11, 0)
    shown = closed_ballot(ballot).marginals["nation"]
    assert {row["group"]: row.get("voters") for row in shown}.get("wales") == 12


def test_only_credentials_of_the_long_key_outlive_the_close(ballot):
    ballot = open_ballot(choices=("One", "Two"), reason_prompt="Why?")
    vote_all(ballot, 0, 1)
    sizes = {key.scope: keys.public(key).n.bit_length() for key in SigningKey.objects.filter(ballot=ballot)}
    facts = json.loads(queries.file_of(declared_ballot(ballot)))
    assert sizes == {
        "choice": 3072, "nation:": 2048, "nation:wales": 2048, "perspective:": 2048, "reason": 2048,
    }  # fmt: skip
    assert int(facts["key"]["n"], 16).bit_length() == 3072
    published = {len(bytes.fromhex(vote["credential"])) * 8 for vote in facts["votes"]}
    kept = {len(bytes.fromhex(vote.credential)) * 8 for vote in CountedVote.objects.all()}
    assert (published, kept) == ({3072}, {3072})


def test_the_file_says_nothing_of_time_beyond_opening_and_closing(ballot):
    vote_all(ballot, 0)
    facts = json.loads(queries.file_of(declared_ballot(ballot)))
    assert set(facts["votes"][0]) == {"key", "choice", "credential", "signature"}
    assert (facts["ballot"]["opened"], facts["ballot"]["closed"]) == (
        publication._iso(OPENED),
        publication._iso(LATER),
    )
