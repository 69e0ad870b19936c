"""What follows a declared vote: a stranger's recount, the receipts, the story and the letters."""

import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect

from journeys.accessibility import expect_accessible
from journeys.visitors import press, says, sees, work
from qlabs.choose.ballots.models import Ballot

RECOUNT = Path(__file__).resolve().parents[1] / "scripts" / "recount.py"
LAB = "/labs/self-care/"
TITLE = "Empowering people to manage their own health"
MEMBERS = 447


def recount(town, receipts, folder):
    """A stranger downloads the file and counts it again."""
    page = town.open()
    sees(town.go(page, f"{LAB}ballots/{Ballot.objects.get().pk}/"), TITLE)
    with page.expect_download() as download:
        page.get_by_role("link", name="All votes, without names (ballot file)").click()
    file = folder / "ballot.json"
    download.value.save_as(file)
    for code in receipts:
        done = subprocess.run(
            [sys.executable, RECOUNT, file, "--receipt", code], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    unknown = [sys.executable, RECOUNT, file, "--receipt", "0000-0000-0000-0000-0000"]
    assert subprocess.run(unknown, capture_output=True, check=False).returncode == 1


def compare_with_the_email(town, folder):
    """The keys are those that the invitation promised, and its owner took part; the member imported last did not."""
    for number, words in ((1, "took part"), (MEMBERS, "did not take part")):
        letters = [one.get_content() for one in town.postbox.to(f"member{number}@example.org")]
        [invitation] = [letter for letter in letters if "Check code of this vote: " in letter]
        check, code = re.findall(r"^(?:Check|Your participation) code.*: (\S+)\s*$", invitation, re.M)
        asked = [sys.executable, RECOUNT, folder / "ballot.json", "--check", check, "--took-part", code]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert done.stdout.splitlines()[-2:] == [f"participation code {code}: {words}", "all is well"]


def find_receipts(town, receipts):
    page = town.go(town.open(), f"{LAB}ballots/{Ballot.objects.get().pk}/receipts/")
    sees(page, "Votes counted")
    for code in receipts:
        page.get_by_label("Your receipt").fill(code.lower())
        press(page, "Look it up")
        says(page, f"Found: {code}. Your vote was counted.", role="status")
    expect_accessible(page)


def everybody_is_told(town):
    work()
    letter = town.newest("member1@example.org")
    assert letter["Subject"] == "The result: Which theme should the lab work on?"
    assert f"chose “{TITLE}”." in letter.get_content()
    assert len([one for one in town.postbox.letters if one["Subject"] == letter["Subject"]]) == MEMBERS
    page = town.open()
    sees(town.go(page, f"{LAB}story/"), "story")
    expect(page.get_by_text(f"The result: {TITLE}").first).to_be_visible()
    sees(town.go(page, LAB), TITLE)
