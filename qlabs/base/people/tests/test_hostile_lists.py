"""Lists made to harm: each is refused with a sentence, and costs the server nothing but a child's short life."""

import resource

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from qlabs.base.core import apart
from qlabs.base.core.apart import Limits
from qlabs.base.core.tests import hostile
from qlabs.base.people.transfer import Unreadable, read_sheet
from qlabs.base.people.transfer.sheets import READERS, SENTENCES

from .factories import PersonFactory

SHORT = Limits(cpu=2, patience=60)
CODES = {
    "repeated_text.xlsx": {"too_much", "too_long"},
    "deep.xlsx": {"too_long", "too_much"},
    "wide_open.xlsx": {"too_long", "too_much"},
    "laughs.xlsx": {"damaged"},
    "sparse.xlsx": {"empty", "too_long"},
    "bomb.xlsx": {"unpacks_to_too_much"},
    "endless_line.csv": {"no_list"},
    "all_separators.csv": {"too_many_columns"},
}


@pytest.mark.parametrize("name", CODES)
def test_a_hostile_list_is_refused_with_a_sentence(name):
    reader = "workbook" if name.endswith(".xlsx") else "delimited"
    with pytest.raises(apart.Unreadable) as problem:
        apart.read(f"{READERS}:{reader}", hostile.SHEETS[name](), limits=SHORT)
    assert problem.value.code in CODES[name]
    assert str(SENTENCES[problem.value.code]) % problem.value.facts


def test_what_a_hostile_list_holds_never_reaches_our_memory():
    content = hostile.repeated_text()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unreadable):
        read_sheet("list.xlsx", content)
    assert (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000
    )  # kilobytes; it unpacks to 800 MB


@pytest.mark.django_db
def test_the_sender_of_a_hostile_list_reads_beside_the_field_what_to_do(client_as):
    file = SimpleUploadedFile("list.xlsx", hostile.laughs())
    sent = {"file": file, "source": "Made to harm"}
    answer = client_as(PersonFactory(operator=True)).post(reverse("people:import"), sent)
    assert "The Excel file is damaged. Open it in Excel" in answer.content.decode()
