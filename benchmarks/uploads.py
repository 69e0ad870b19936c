"""Hostile files come in at once, while others read."""

from qlabs.base.core.tests import hostile

from .installation import big_demo, inside
from .load import crowd
from .table import Table

HEADS = ("meanwhile", "pages read", "p50 ms", "p95 ms", "p99 ms", "longest ms", "refused")
SENT = ("deep.xlsx", "wide_open.xlsx", "heavy.png", "wordy.png")
FILES = hostile.SHEETS | hostile.PICTURES
SECOND = 1000


def tables(*, readers=20, seconds=40):
    with big_demo() as place:
        scene = inside(place, "upload_scene")
        place.serve()
        yield measured(place, scene, readers=readers, seconds=seconds)


def measured(place, scene, *, readers, seconds, sent=SENT):
    """Each reader opens a page a second or so; each sender sends its file again as soon as it is answered."""
    for name in sent:
        (place.home / name).write_bytes(FILES[name]())
    table = Table(f"{len(sent)} hostile files at once, {readers} readers, {seconds} s", HEADS)
    for words, files in (("nothing is sent", ()), (", ".join(sent), sent)):
        job = {"port": place.port, "readers": readers, "pause": 1, "seconds": seconds, "scene": scene}
        paths = [str(place.home / name) for name in files]
        with crowd("uploads", watched=[place.server.pid], files=paths, **job) as act:
            answers = act("run")
        pages = answers.times["page"]
        table.add(words, len(pages), *answers.percentiles("page"), max(pages), answers.refused)
    table.notes.append(f"Files answered: {answers.count('file')}.")
    late = sum(one > SECOND for one in pages)
    table.summary = (
        f"uploads: {late} of {len(pages)} pages took longer than 1 s while hostile files were read"
    )
    return table
