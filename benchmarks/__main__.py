"""`python -m benchmarks [NAME ...]`."""

import sys
import time

from . import burst, charts, counts, lottery, machine, pages, rules, signing, uploads, votes

BENCHMARKS = {
    "signing": signing.tables,
    "votes": votes.tables,
    "burst": burst.tables,
    "counts": counts.tables,
    "rules": rules.tables,
    "pages": pages.tables,
    "uploads": uploads.tables,
    "charts": charts.tables,
    "lottery": lottery.tables,
}


def main(names):
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        raise SystemExit(f"There is no benchmark {unknown[0]}; there are {', '.join(BENCHMARKS)}.")
    began, found = time.monotonic(), []
    print(f"{machine.description()}\n", flush=True)
    for name in names or BENCHMARKS:
        for table in BENCHMARKS[name]():
            print(f"{table.text()}\n", flush=True)
            found.append(table)
    print(f"### Summary ({time.monotonic() - began:.0f} s)\n")
    print("\n".join(f"- {table.summary}" for table in found if table.summary))


if __name__ == "__main__":
    main(sys.argv[1:])
