import re

import pytest
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command

from qlabs.base.people.models import Person

pytestmark = pytest.mark.django_db


def printed_link(capsys, *words):
    call_command("add_operator", *words)
    return re.search(r"/join/\S+/", capsys.readouterr().out).group()


def test_the_printed_link_signs_the_operator_in_once(capsys, client):
    link = printed_link(capsys, "Olive@Example.org", "Olive")
    client.post(link)
    person = get_user(client)
    assert (person.email, person.name, person.is_operator, person.is_member) == (
        "olive@example.org",
        "Olive",
        True,
        False,
    )
    client.logout()
    assert client.post(link).status_code == 410


def test_running_it_again_prints_a_new_link_and_ends_the_old_one(capsys, client):
    first = printed_link(capsys, "olive@example.org", "Olive")
    second = printed_link(capsys, "olive@example.org", "Olive")
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    assert Person.objects.count() == 1


def test_a_wrong_address_is_said():
    with pytest.raises(CommandError, match="nonsense is not an email address"):
        call_command("add_operator", "nonsense", "Olive")
