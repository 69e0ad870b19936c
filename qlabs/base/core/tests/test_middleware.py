import pytest
from django.http import HttpResponse, HttpResponseNotFound
from django.test import RequestFactory

from qlabs.base.core.middleware import without_strays


def asked(path, *, method="get", answer=HttpResponseNotFound):
    request = getattr(RequestFactory(), method)("/x/")
    request.path = path
    return without_strays(lambda _request: answer())(request)


@pytest.mark.parametrize(
    "end",
    [
        ".",
        "./",
        ",",
        ")",
        ").",
        ">",
        '"',
        "’",
        "”",
        " ",
        " /",
        "\u00a0",
        "!",
        "]/",
        "…",
        "..",
        "/)",
        "/.",
        ";",
    ],
)
def test_an_address_that_was_copied_with_more_leads_to_the_page_it_meant(end):
    answer = asked(f"/vote/AbC_9-={end}")
    assert (answer.status_code, answer["Location"]) == (302, "/vote/AbC_9-=/")


def test_a_file_keeps_its_name():
    assert asked("/labs/x/ballots/1/ballot.json).")["Location"] == "/labs/x/ballots/1/ballot.json"


@pytest.mark.parametrize(
    "path", ["//elsewhere.example/.", "///elsewhere.example/x)", "/\\elsewhere.example/."]
)
def test_no_address_leads_off_our_own_site(path):
    assert asked(path)["Location"].startswith(("/elsewhere.example", "/%5Celsewhere.example"))


@pytest.mark.parametrize("path", ["/vote/AbC/", "/vote/AbC", "/", "/recount.py", "/vote/AbC-/"])
def test_an_address_without_more_is_not_found_as_before(path):
    assert asked(path).status_code == 404


def test_what_is_found_or_sent_is_left_alone():
    assert asked("/vote/AbC.", answer=HttpResponse).status_code == 200
    assert asked("/vote/AbC.", method="post").status_code == 404
