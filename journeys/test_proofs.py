"""The short form of `qlabs prove`, on the database that these tests run on."""

import pytest
from django.conf import settings

from qlabs.across.operate.proofs import programme
from qlabs.across.operate.proofs.postgres import NotHere

DATABASE = "postgresql" if settings.ON_POSTGRES else "sqlite"
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def found(part):
    try:
        return list(part(DATABASE, programme.SHORT))
    except NotHere as reason:
        pytest.skip(str(reason))


def test_no_attacker_joins_voters_to_ballots_though_each_succeeds_against_the_naive_design():
    *ours, naive = found(programme.secrecy)
    assert [finding.figures for finding in ours if not finding.holds] == []
    assert min(naive.figures["dump"], naive.figures["live sql"], naive.figures["files"]) > 100


def test_no_acknowledged_vote_is_lost_doubled_or_altered_whatever_breaks():
    findings = found(programme.reliability)
    assert [(finding.proof, finding.figures) for finding in findings if finding.holds is False] == []
    assert sum(finding.holds is True for finding in findings) >= 4
