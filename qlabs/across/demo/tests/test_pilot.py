import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from qlabs.across.demo.build.people import SOURCE
from qlabs.across.demo.content import names, reasons
from qlabs.across.story import queries as story
from qlabs.base.core import verification
from qlabs.base.lab.models import Lab
from qlabs.base.people.models import Person
from qlabs.choose.ballots import actions, queries
from qlabs.choose.ballots.models import Ballot, Reason
from qlabs.choose.themes.models import Theme

from .scene import Scene

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WINNER = "Empowering people to manage their own health and care needs"
RECOUNT = Path(__file__).resolve().parents[4] / "scripts" / "recount.py"
ON_THE_LINE = [
    "2015", "Spring 2016", "May 2016", "Summer 2016", "Autumn 2016", "January – February 2017",
    "March – April 2017", "March – April 2017",
]  # fmt: skip


def leading(breakdown):
    """{group: [titles of the options with most votes]} of the groups that are shown."""
    most = {row["group"]: max(row["tallies"].values()) for row in breakdown if row["shown"]}
    return {
        row["group"]: sorted(key for key, votes in row["tallies"].items() if votes == most[row["group"]])
        for row in breakdown
        if row["shown"]
    }


class TestThePilot(Scene):
    @property
    def ballot(self):
        return Ballot.objects.get(lab__slug="pilot")

    def test_the_numbers_are_those_that_were_published(self):
        told = queries.outcome(self.ballot)
        result = told.result
        assert (result.roll, result.cast, result.blanks) == (447, 149, 0)
        assert (told.winner.title, dict(result.tallies)[told.winner.public_id]) == (WINNER, 61)
        assert f"{result.turnout:.3f}" == "0.333"
        assert Lab.objects.get(slug="pilot").theme == WINNER

    def test_its_voters_come_from_an_imported_list_and_seven_invitations(self):
        assert self.ballot.roll_sources["from"] == [
            {"how": "list", "source": SOURCE, "on": "2016-01-03", "people": 440},
            {"how": "invitation", "people": 7},
        ]
        assert (self.ballot.roll_sources["added"], self.ballot.roll_sources["possible_doubles"]) == ([], 0)

    def test_the_winner_is_first_in_three_nations_and_joint_first_in_the_fourth(self):
        titles = {option.public_id: option.title for option in queries.options(self.ballot)}
        first = leading(self.ballot.marginals["nation"])
        found = {nation: sorted(titles[key] for key in keys) for nation, keys in first.items()}
        other = "Making care safer for older people who live with frailty"
        assert found == {
            "england": [WINNER], "scotland": [WINNER], "wales": [WINNER],
            "northern-ireland": [WINNER, other],
        }  # fmt: skip

    def test_the_perspectives_add_up_to_the_published_shares(self):
        winner = queries.outcome(self.ballot).winner.public_id
        shown = {row["group"]: row for row in self.ballot.marginals["perspective"] if row["shown"]}
        shares = {
            groups: (
                sum(shown[group]["tallies"][winner] for group in groups),
                sum(shown[group]["voters"] for group in groups),
            )
            for groups in (("lived-experience", "carer"), ("qi", "manager"), ("front-line-staff",))
        }
        assert list(shares.values()) == [(12, 20), (36, 86), (7, 25)]
        hidden = [row["group"] for row in self.ballot.marginals["perspective"] if not row["shown"]]
        assert hidden == ["researcher", "commissioner-policy", "designer", "other"]

    def test_a_stranger_counts_the_downloaded_file_again(self):
        answer = self.client.get(f"/labs/pilot/ballots/{self.ballot.pk}/ballot.json")
        content = b"".join(answer) if answer.streaming else answer.content
        assert hashlib.sha256(content).hexdigest() == self.ballot.file_sha256
        file = Path(settings.MEDIA_ROOT) / "ballot.json"
        file.write_bytes(content)
        told = subprocess.run([sys.executable, RECOUNT, file], capture_output=True, text=True, check=False)
        assert (told.returncode, told.stdout.splitlines()[-1]) == (0, "all is well")
        changed = json.loads(content)
        changed["votes"][0]["choice"] = changed["votes"][1]["choice"] = ""
        file.write_text(json.dumps(changed), encoding="utf-8")
        assert (
            subprocess.run([sys.executable, RECOUNT, file], capture_output=True, check=False).returncode == 1
        )

    def test_the_log_is_whole(self):
        assert verification.verify() == []

    def test_everybody_is_invented(self):
        people = list(Person.objects.all())
        assert [person.name for person in people if not person.is_invented] == []
        by_hand = {name.name for name in names.NAMED}
        others = [person.name.split(" ") for person in people if person.name not in by_hand]
        assert [name for name in others if name[0] not in names.FIRST or name[1] not in names.SURNAMES] == []
        assert {person.email.split("@")[1] for person in people} == {"qlabs.example"}
        assert len([person for person in people if person.is_member]) == 447

    def test_every_theme_says_what_is_invented(self):
        notes = dict(Theme.objects.filter(lab__slug="pilot").values_list("title", "note"))
        assert len(notes) == 5
        assert [title for title, note in notes.items() if not note.startswith("Invented")] == [WINNER]

    def test_the_story_runs_from_2015_to_april_2017(self):
        line = story.timeline(Lab.objects.get(slug="pilot"), newest_first=False)
        assert [one.dated for one in line if one.kind == "written"] == ON_THE_LINE
        assert (line[0].at.year, line[-1].at.year, line[-1].at.month) == (2015, 2017, 4)
        assert [one.dated for one in line if one.pictures] == ["2015", "May 2016", "March – April 2017"]
        generated = [one.title for one in line if one.kind == "generated"]
        assert f"The result: {WINNER}" in generated
        page = self.client.get("/labs/pilot/story/")
        assert page.status_code == 200

    def test_reasons_are_read_and_two_are_not_shown(self):
        states = list(Reason.objects.filter(ballot=self.ballot).values_list("text", "state"))
        hidden = {text for text, state in states if state == "hidden"}
        assert hidden == set(reasons.NOT_SHOWN)
        assert {state for _text, state in states} == {"shown", "hidden"}
        assert len(states) == sum(map(len, reasons.BY_THEME.values())) + len(reasons.NOT_SHOWN)

    def test_a_second_lab_has_a_vote_that_a_visitor_can_take_part_in(self):
        ballot = Ballot.objects.get(lab__slug="demo-lab")
        assert (ballot.state, ballot.roll_size, ballot.lab.is_invented) == ("open", 447, True)
        member = Person.objects.get(email=names.MEMBER.email)
        assert not queries.entry_of(ballot, member).has_key
        self.client.force_login(member, backend=BACKEND)
        page = self.client.get(f"/labs/demo-lab/ballots/{ballot.pk}/").content.decode()
        assert "A good night&#39;s sleep in hospital" in page

    def test_the_command_says_who_can_sign_in(self):
        for name in (names.OPERATOR, names.LEAD, names.MEMBER, names.RESEARCHER):
            assert f"{name.email:24} {name.name}" in self.said
        assert "/labs/demo-lab/ballots/" in self.said
        assert "/close/agree/" in self.said

    def test_a_visitor_votes_closes_with_the_second_on_the_team_declares_and_recounts(self):
        ballot, now = Ballot.objects.get(lab__slug="demo-lab"), timezone.now()
        lead, member, second = (
            Person.objects.get(email=name.email) for name in (names.LEAD, names.MEMBER, names.RESEARCHER)
        )
        entry = queries.entry_of(ballot, member)
        before = queries.keys_signed(ballot)
        choice = queries.options(ballot)[0].public_id
        actions.vote_for(entry=entry, seed=b"v" * 16, choice=choice, reason="", at=now)
        self.client.force_login(lead, backend=BACKEND)
        self.client.post(f"/labs/demo-lab/ballots/{ballot.pk}/close/", {"reason": "To see the result."})
        self.client.force_login(second, backend=BACKEND)
        assert f"/ballots/{ballot.pk}/close/agree/" in self.client.get("/waiting/").content.decode()
        self.client.post(f"/labs/demo-lab/ballots/{ballot.pk}/close/agree/")
        self.client.force_login(lead, backend=BACKEND)
        self.client.post(f"/labs/demo-lab/ballots/{ballot.pk}/declare/")
        ballot.refresh_from_db()
        assert (ballot.state, ballot.result["cast"]) == ("declared", before + 1)
        file = Path(settings.MEDIA_ROOT) / "demo.json"
        file.write_bytes(queries.file_of(ballot))
        told = subprocess.run([sys.executable, RECOUNT, file], capture_output=True, text=True, check=False)
        assert (told.returncode, told.stdout.splitlines()[-1]) == (0, "all is well")


class TestTheOpenVote(Scene):
    asked = {"stage": "open-vote"}

    def test_the_vote_of_the_pilot_is_open_and_some_have_voted(self):
        ballot = Ballot.objects.get()
        assert (ballot.lab.slug, ballot.state, ballot.result) == ("pilot", "open", None)
        assert (queries.keys_signed(ballot), ballot.roll_size) == (41, 447)
        assert self.client.get("/labs/pilot/").status_code == 200
        assert self.client.get(f"/labs/pilot/ballots/{ballot.pk}/").status_code == 200
        assert verification.verify() == []

    def test_a_visitor_can_close_and_declare_it(self):
        ballot, lead = Ballot.objects.get(), Person.objects.get(email=names.LEAD.email)
        at = ballot.closes_at
        ballot = actions.declare(ballot=actions.close_ballot(ballot=ballot, at=at), by=lead, at=at)
        assert (ballot.state, ballot.result["cast"]) == ("declared", 41)


class TestTheBigOne(Scene):
    asked = {"members": 60, "labs": 3}

    def test_it_has_members_labs_and_votes(self):
        assert Person.objects.exclude(joined_at=None).count() == 60
        assert Lab.objects.count() == 3
        assert sorted(Ballot.objects.values_list("state", flat=True)) == ["declared", "open"]
        assert {lab.themes.count() for lab in Lab.objects.all()} == {30}
        assert verification.verify() == []
