import signal
import time

from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker

from qlabs.base.core import lifeline, tasks
from qlabs.base.core.readiness import ReadyCommand

WATCH_EVERY = 20
POLL_EVERY = 0.5
AFTER_A_FAULT = 5


class Command(ReadyCommand):
    help = "Run queued tasks, closings and reminders until stopped."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due and stop")

    def handle(self, *args, once, **options):
        self.running = True
        lifeline.hang_on()
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        next_watch = 0.0
        while self.running:
            if time.monotonic() >= next_watch:
                tasks.apart(tasks.revive, at=timezone.now())
                tasks.keep_watch(at=timezone.now())
                next_watch = time.monotonic() + WATCH_EVERY
            worked = tasks.apart(_drain)
            if once:
                return
            self._rest(POLL_EVERY if worked else AFTER_A_FAULT)

    def _rest(self, seconds):
        until = time.monotonic() + seconds
        while self.running and time.monotonic() < until:
            time.sleep(POLL_EVERY)

    def _stop(self, signum, frame):
        self.running = False


class Worker(db_worker.Worker):
    """Runs tasks, and forgets with each what need not be known any more."""

    def run_task(self, db_task_result):
        super().run_task(db_task_result)
        tasks.forget_words(db_task_result)


def _drain(most=20):
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=most,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    ).run()
