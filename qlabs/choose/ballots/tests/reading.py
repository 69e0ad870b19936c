"""Addresses, and what a page says, for the tests of pages."""

import re

from django.urls import reverse

from qlabs.choose.ballots import links


def address(name, ballot):
    return reverse(f"ballots:{name}", args=[ballot.lab.slug, ballot.pk])


def link_of(entry, name="by_link"):
    return reverse(f"ballots:{name}", args=[links.token(entry, entry.ballot)])


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
