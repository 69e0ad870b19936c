"""What machine this is, and how much processor time a tree of processes has used."""

import os
import platform
import re
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

TICK = 1000 / os.sysconf("SC_CLK_TCK")
PACKAGES = (
    "Django",
    "uvicorn",
    "a2wsgi",
    "cryptography",
    "gmpy2",
    "psycopg",
    "numpy",
    "matplotlib",
    "altair",
    "pyrankvote",
    "starvote",
)


def description():
    """One line: when, how many cores, how busy, which versions."""
    now = datetime.now(UTC)
    versions = [f"{name} {_version(name)}" for name in PACKAGES]
    return (
        f"{now:%d %B %Y, %H:%M} UTC; {os.cpu_count()} cores ({_processor()}), load {os.getloadavg()[0]:.1f}; "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {', '.join(versions)}"
    )


def cpu_ms(pid):
    """Milliseconds of processor time that a process and all it has started have used."""
    return sum(_own_ms(one) for one in _tree(pid))


def peak_mb():
    """Most memory that this process has held; the kernel's other figure counts its parent's before it began too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


def _tree(pid):
    """The process and those below it; one that ends while we look is passed over."""
    try:
        below = "".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")).split()
    except OSError:
        return []
    return [pid, *(one for child in below for one in _tree(int(child)))]


def _own_ms(pid):
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15])) * TICK


def _processor():
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _version(package):
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
