"""Lists of members: read from CSV and Excel files, and refused rows written back to be mended."""

from .lines import sheet_of_lines
from .members import ReadList, read_guests, read_members
from .refused import refused_csv
from .sheets import Sheet, Unreadable, read_sheet

__all__ = [
    "ReadList",
    "Sheet",
    "Unreadable",
    "read_guests",
    "read_members",
    "read_sheet",
    "refused_csv",
    "sheet_of_lines",
]
