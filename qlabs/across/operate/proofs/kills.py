"""Votes while things break: workers and databases killed, answers cut, voters and organisers racing, the disk full."""

import os
import secrets
import signal
import subprocess
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from .cutting import cutting_proxy
from .findings import Finding, compared, recounted
from .installation import scratch, wait_for
from .postgres import NotHere, cluster
from .voters import Patient, Tally, Voter, vote_all


def workers_killed(*, database, voters, kills, clients=50, database_url="", workers=1):
    """SIGKILL the server's workers again and again while clients vote."""
    with scratch(database_url=database_url) as place:
        told = place.scene("open", voters=voters)
        place.serve(workers=workers)
        tally, kept = Tally(), _Kept(kills=kills, voters=voters, ahead=2 * clients)
        killing = ThreadPoolExecutor(1).submit(_kill_workers, place, workers, kept)
        people = vote_all(told, told["voters"], port=place.port, tally=tally, clients=clients, pace=kept.pace)
        killing.result()
        figures = {"voters": voters, "kills": kept.killed}
        return _judged(
            f"workers killed while {clients} clients vote", database, place, told, people, tally, figures
        )


def database_killed(*, server, voters, kills, clients=50):
    """Kill PostgreSQL itself, as a power cut would, while clients vote."""
    with scratch(database_url=server.url) as place:
        told = place.scene("open", voters=voters)
        place.serve(workers=2)
        tally, kept = Tally(), _Kept(kills=kills, voters=voters, ahead=2 * clients)
        killing = ThreadPoolExecutor(1).submit(_kill_database, server, kept)
        people = vote_all(told, told["voters"], port=place.port, tally=tally, clients=clients, pace=kept.pace)
        killing.result()
        figures = {"voters": voters, "kills": kept.killed}
        return _judged("database killed", "postgresql", place, told, people, tally, figures)


def answers_cut(*, database, voters, share=0.2, clients=20, database_url=""):
    """Cut a share of the answers after the server has committed; the voters ask again."""
    with scratch(database_url=database_url) as place:
        told = place.scene("open", voters=voters)
        place.serve()
        tally = Tally()
        with cutting_proxy(place.port, share=share) as proxy:
            people = vote_all(told, told["voters"], port=proxy.port, tally=tally, clients=clients)
            figures = {"voters": voters, "answers cut": proxy.cut}
        return _judged(f"{share:.0%} of answers cut", database, place, told, people, tally, figures)


def voters_race_themselves(*, database, voters, times=8, database_url="", workers=1):
    """Each voter submits many times at once, from different devices with different keys."""
    with scratch(database_url=database_url) as place:
        told = place.scene("open", voters=voters)
        place.serve(workers=workers)
        tally = Tally()
        with ThreadPoolExecutor(times) as pool:
            people = [
                person
                for voter in told["voters"]
                for person in _at_once(pool, told, voter, place.port, tally, times)
            ]
        won = [person for person in people if person.acknowledged]
        figures = {"voters": voters, "submissions": len(people), "refused": len(people) - len(won)}
        finding = _judged(f"{times} submissions at once", database, place, told, won, tally, figures)
        one_each = len(won) == voters and all(
            person.refused == "other-key" for person in people if person not in won
        )
        return Finding(finding.proof, database, finding.figures, bool(finding.holds and one_each))


def organiser_closes(*, database, voters, clients=50, database_url="", workers=1):
    """The organiser closes while people vote: each gets a yes that counts, or a clear no."""
    with scratch(database_url=database_url) as place:
        told = place.scene("open", voters=voters)
        place.serve(workers=workers)
        tally, halfway = Tally(), place.home / "halfway"
        closing = ThreadPoolExecutor(1).submit(
            place.scene, "close", ballot=told["ballot"], declare=False, when=str(halfway)
        )
        wait_for(place.home / "halfway-awaited")
        pace = _touching(halfway, after=voters // 2)
        people = vote_all(told, told["voters"], port=place.port, tally=tally, clients=clients, pace=pace)
        closing.result()
        refused = sum(person.refused == "closed" for person in people)
        figures = {"voters": voters, "told that it was closed": refused}
        finding = _judged("organiser closes", database, place, told, people, tally, figures)
        return Finding(finding.proof, database, finding.figures, bool(finding.holds and refused))


def disk_full(*, database, voters, size="96m", clients=20):
    """The database on a small disk that fills up while people vote; then room is made again."""
    with (
        small_disk(size) as disk,
        _database_on(database, disk) as (url, home),
        scratch(database_url=url, home=home) as place,
    ):
        told = place.scene("open", voters=voters)
        place.serve()
        tally = Tally()
        full = ThreadPoolExecutor(1).submit(_fill, disk / "filler", seconds=4)
        people = vote_all(told, told["voters"], port=place.port, tally=tally, clients=clients)
        full.result()
        refused = tally.statuses.get(503, 0)
        figures = {"voters": voters}
        finding = _judged("disk full", database, place, told, people, tally, figures)
        return Finding(finding.proof, database, finding.figures, bool(finding.holds and refused))


def _judged(proof, database, place, told, people, tally, figures):
    """Compare what was acknowledged with the box, then close, declare, recount and look for every receipt."""
    acknowledged = [person.acknowledged for person in people if person.acknowledged]
    rows = place.scene("rows", ballot=told["ballot"])
    declared = place.scene("close", ballot=told["ballot"])
    agrees, missing = recounted(declared["file"], [key for key, _counter, _choice in acknowledged])
    errors = sum(count for status, count in tally.statuses.items() if status == 500)
    figures = {
        **figures,
        "acknowledged": len(acknowledged),
        **compared(acknowledged, rows),
        "receipts missing": missing,
        "answers 500": errors,
        "answers 503": tally.statuses.get(503, 0),
        "answers lost on the way": tally.broken,
        "recount agrees": agrees,
    }
    wanted = ("lost", "wrong", "doubled", "receipts missing", "answers 500")
    return Finding(
        proof, database, figures, agrees and bool(acknowledged) and not any(figures[name] for name in wanted)
    )


class _Kept:
    """Keeps killing and voting in step, so that people vote until the last kill."""

    def __init__(self, *, kills, voters, ahead):
        self.kills, self.voters, self.ahead = kills, voters, ahead
        self.killed, self.begun, self.lock = 0, 0, threading.Lock()

    def pace(self):
        """What each voter calls as she begins: wait until enough has been killed for her turn."""
        with self.lock:
            self.begun += 1
            turn = self.begun
        while self.killed * self.voters < self.kills * (turn - self.ahead):
            time.sleep(0.05)


def _kill_workers(place, workers, kept):
    """Kill one worker of several, or the whole server when it is one process; start that again."""
    random = secrets.SystemRandom()
    while kept.killed < kept.kills:
        time.sleep(random.uniform(0.1, 0.6))
        if workers == 1:
            place.kill()
            place.serve()
            kept.killed += 1
        elif (alive := place.workers()) and place.answers():
            os.kill(random.choice(alive), signal.SIGKILL)
            kept.killed += 1


def _kill_database(server, kept):
    while kept.killed < kept.kills:
        time.sleep(1.5)
        server.kill()
        server.start()
        kept.killed += 1


def _at_once(pool, told, voter, port, tally, times):
    ask = Patient(port, tally)
    devices = [Voter(told, voter, ask=ask) for _ in range(times)]
    start = threading.Barrier(times)

    def submit(pair):
        number, device = pair
        start.wait()
        if device.sign():
            device.cast(told["options"][number % len(told["options"])])
        return device

    return list(pool.map(submit, enumerate(devices)))


def _touching(file, *, after):
    """What each voter calls as she begins: the file appears when that many have begun."""
    begun, lock = [], threading.Lock()

    def pace():
        with lock:
            begun.append(None)
            if len(begun) == after:
                file.touch()

    return pace


def _fill(filler, *, seconds):
    """Fill the disk to its last byte, wait, and make room again."""
    time.sleep(0.5)
    try:
        with filler.open("wb") as file:
            while True:
                file.write(b"\0" * 65536)
                file.flush()
    except OSError:
        time.sleep(seconds)
    finally:
        filler.unlink()


@contextmanager
def small_disk(size):
    """A memory disk of that size, where this account may mount one. Raises NotHere."""
    home = Path(tempfile.mkdtemp(prefix="qlabs-disk-"))
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(home)]
    if os.geteuid() or subprocess.run(words, capture_output=True, check=False).returncode:  # noqa: S603
        home.rmdir()
        raise NotHere("This account may not mount a small disk.")
    try:
        yield home
    finally:
        subprocess.run(["umount", "-l", str(home)], check=False)  # noqa: S603, S607
        home.rmdir()


@contextmanager
def _database_on(database, disk):
    """(address of the database, folder of the installation): the database is on the small disk."""
    if database == "sqlite":
        yield "", disk
        return
    with cluster(home=disk) as made:
        yield made.url, None
