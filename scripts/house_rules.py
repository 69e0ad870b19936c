"""The rules of the house that a linter does not know: sizes of files and functions, no registry addresses."""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST_LINES = 300
MOST_TEMPLATE_LINES = 120
MOST_FUNCTION_LINES = 40
FORBIDDEN = re.compile(r"\b(pypi|npmjs|deb\.debian)\.(org|com)\b|python[h]osted")
READ = {".py", ".jinja", ".md", ".js", ".html"}
SKIPPED = ("/migrations/", "/vendor/", "/static/", "tests/data/")


def main():
    faults = [fault for path in _tracked() for fault in _faults(path)]
    print("\n".join(faults) or "The house rules hold.")
    return 1 if faults else 0


def _tracked():
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S607
    return [ROOT / name for name in names.splitlines() if (ROOT / name).is_file()]


def _faults(path):
    name = path.relative_to(ROOT).as_posix()
    if path.suffix not in READ or any(part in f"/{name}" for part in SKIPPED):
        return
    text = path.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    if path.suffix == ".py" and lines > MOST_LINES:
        yield f"{name}: {lines} lines, more than {MOST_LINES}"
    if path.suffix == ".jinja" and lines > MOST_TEMPLATE_LINES:
        yield f"{name}: {lines} lines, more than {MOST_TEMPLATE_LINES}"
    if path.name != Path(__file__).name and FORBIDDEN.search(text):
        yield f"{name}: names a package registry"
    if path.suffix == ".py":
        yield from _long_functions(name, text)


def _long_functions(name, text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if length > MOST_FUNCTION_LINES:
                yield f"{name}: {node.name} has {length} lines, more than {MOST_FUNCTION_LINES}"


if __name__ == "__main__":
    sys.exit(main())
