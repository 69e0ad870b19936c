import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qlabs.across.demo import queries
from qlabs.across.demo.build import empty, scenes
from qlabs.across.demo.content import names
from qlabs.base.core import events
from qlabs.base.core.readiness import refuse_unready

STAGES = {"april-2017": scenes.april_2017, "open-vote": scenes.open_vote}
USUAL = 447


class Command(BaseCommand):
    help = "Fill an empty installation with the pilot of 2015 to 2017 and an invented lab to try things in."

    def add_arguments(self, parser):
        parser.add_argument(
            "--stage", choices=STAGES, default="april-2017", help="open-vote: the pilot's vote is open"
        )
        parser.add_argument(
            "--members", type=int, default=USUAL, help="another number makes a big installation"
        )
        parser.add_argument("--labs", type=int, default=1, help="labs in a big installation")
        parser.add_argument("--fresh", action="store_true", help="throw away all that is there first")
        parser.add_argument("--yes", action="store_true", help="do not ask before throwing away")
        parser.add_argument(
            "--if-empty", action="store_true", help="make nothing when there are labs already"
        )

    def handle(self, *args, fresh, yes, if_empty, **options):
        self.began = time.monotonic()
        if settings.PRODUCTION:
            raise CommandError("This is production: no demo here.")
        empty.make_tables()
        if fresh:
            self._throw_away(yes)
        elif if_empty and queries.is_half_made():
            self._say("The last time, making the demo was interrupted. Beginning anew ...")
            empty.database()
            empty.files()
        refuse_unready()
        if queries.has_labs():
            if if_empty:
                return self._tell_who(()) if queries.is_demo() else None
            raise CommandError("There are labs already. `qlabs demo --fresh` throws everything away first.")
        return self._build(**options)

    def _throw_away(self, yes):
        if not yes and not self._is_sure():
            raise CommandError("Nothing was thrown away.")
        empty.database()
        empty.files()
        self._say("The database is empty.")

    def _is_sure(self):
        if not sys.stdin.isatty():
            raise CommandError("--fresh throws away everything in the database. Say --yes if you mean it.")
        name = settings.DATABASES["default"]["NAME"]
        return input(f"Throw away everything in {name}? Type yes: ").strip().lower() == "yes"

    def _build(self, *, stage, members, labs, **options):
        if not (40 <= members <= names.MOST and labs >= 1):
            raise CommandError(f"--members takes 40 to {names.MOST}, --labs 1 or more.")
        self._say("Making the demo ...")
        facts = {"at": timezone.now(), "say": self._say}
        is_usual = (members, labs) == (USUAL, 1)
        events.record(None, by=None, what="demo.begun")
        ballots = STAGES[stage](**facts) if is_usual else scenes.many(members=members, labs=labs, **facts)
        events.record(None, by=None, what="demo.made")
        self._tell_who(ballots)

    def _say(self, words):
        self.stdout.write(f"  {time.monotonic() - self.began:5.1f} s  {words}")
        self.stdout.flush()

    def _tell_who(self, ballots):
        """Who can sign in, with which address; the codes are in the mailbox of the demo."""
        who = (
            ("operator", names.OPERATOR), ("lab lead", names.LEAD), ("second on the team", names.RESEARCHER),
            ("member", names.MEMBER),
        )  # fmt: skip
        self.stdout.write("\nSign in with one of these addresses; everybody is invented:")
        for role, name in who:
            self.stdout.write(f"  {role:18} {name.email:24} {name.name}")
        self.stdout.write(f"The code and the personal links to vote are in {settings.SITE_URL}/demo/mail/")
        for ballot in ballots:
            vote = f"{settings.SITE_URL}/labs/{ballot.lab.slug}/ballots/{ballot.pk}/"
            self.stdout.write(f"Vote: {vote}")
            self.stdout.write(
                f"To close it early, ask as the lab lead at {vote}close/ and agree as the second on the team at "
                f"{vote}close/agree/. Then declare the result as the lab lead."
            )
        self.stdout.flush()
