"""What the main pages cost the server, with 5,000 members and 20 labs."""

from statistics import median

from .installation import big_demo, inside
from .table import Table

HEADS = ("page", "seen by", "queries", "CPU ms", "ms", "kB")
AIM_MS, AIM_QUERIES = 10, 8


def tables(*, times=30):
    with big_demo() as place:
        yield table_of(inside(place, "measure_pages", times=times))


def table_of(rows):
    """Medians through the whole middleware inside one process, so without the server's own share."""
    table = Table("Main pages, 5,000 members and 20 labs", HEADS)
    for name, who, status, queries, cpu, wall, size in rows:
        table.add(name if status == 200 else f"{name} ({status}!)", who, queries, cpu, wall, size)
    over = [row for row in rows if row[4] > AIM_MS or row[3] > AIM_QUERIES]
    middle, worst = median(row[4] for row in rows), max(row[4] for row in rows)
    table.summary = (
        f"pages: {middle:.1f} ms of CPU in the middle, {worst:.1f} at most; "
        f"{len(rows) - len(over)} of {len(rows)} within {AIM_MS} ms and {AIM_QUERIES} queries"
    )
    return table
