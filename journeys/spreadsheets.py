"""A file opened by a real spreadsheet program, and by a second reader with a rule of its own for what is a formula."""

import csv
import io
import shutil
import subprocess

from openpyxl import Workbook, load_workbook

PROGRAM = shutil.which("soffice")
# By how a person may have set the program: ours alone, those it offers at first, those of a German desk.
SEPARATORS = {"comma": "44", "comma, semicolon or tab": "44/59/9", "semicolon": "59"}


def opened_by_program(content, *, separators, folder):
    """The bytes of the workbook that LibreOffice makes of a CSV file."""
    (folder / "list.csv").write_bytes(content)
    command = [
        PROGRAM, "--headless", f"-env:UserInstallation=file://{folder}/profile",
        f"--infilter=CSV:{separators},34,76", "--convert-to", "xlsx", "--outdir", folder, folder / "list.csv",
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "list.xlsx").read_bytes()


def opened_by_reader(content):
    """The bytes of the workbook that openpyxl makes of the cells of a CSV file."""
    book, out = Workbook(), io.BytesIO()
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def formulas(workbook):
    """Every cell of a workbook that its program would work out."""
    sheet = load_workbook(io.BytesIO(workbook)).active
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
