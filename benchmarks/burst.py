"""The last minute before proposals close: everybody sends, while others read."""

from .installation import big_demo, inside
from .load import crowd
from .table import Table

HEADS = ("what", "answers", "p50 ms", "p95 ms", "p99 ms", "under 2 s")
PAUSE = 6
SOON = 2000


def tables(*, proposers=100, readers=300, seconds=60):
    with big_demo() as place:
        scene = inside(place, "burst_scene", proposers=proposers)
        place.serve()
        answers = measured(place, scene, readers=readers, seconds=seconds, pause=PAUSE)
        yield table_of(answers, scene, inside(place, "proposed"), readers=readers, seconds=seconds)


def measured(place, scene, *, readers, seconds, pause):
    """Answers of one burst: each reader opens a page every `pause` seconds or so."""
    job = {"port": place.port, "readers": readers, "pause": pause, "seconds": seconds, "scene": scene}
    with crowd("last minute", watched=[place.server.pid], **job) as act:
        return act("run")


def table_of(answers, scene, kept, *, readers, seconds):
    table = Table(f"{len(scene['titles'])} proposals in {seconds} s among {readers} readers, SQLite", HEADS)
    for kind, words in (("proposal", "theme proposed"), ("form", "empty form"), ("page", "page read")):
        times = answers.times.get(kind, [])
        soon = sum(one < SOON for one in times) / max(len(times), 1)
        table.add(words, len(times), *answers.percentiles(kind), f"{soon:.0%}")
    lost = len(set(scene["titles"]) - set(kept))
    doubled = len(kept) - len(set(kept))
    busy = answers.cpu[0] / 1000 / answers.seconds
    table.notes.append(
        f"Lost: {lost}. Doubled: {doubled}. Refused or broken: {answers.refused}. "
        f"{answers.rate('page'):.0f} pages a second, {busy:.2f} of one core."
    )
    soon = table.rows[0][5]
    table.summary = f"last minute: {lost} of {len(scene['titles'])} proposals lost, {soon} within 2 s"
    return table
