"""One household written in two ways is one household; two households stay two."""

import pytest

from labengines.lottery import address_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Flat 2, 10 High St", "10 High Street, Flat 2"),
        ("Apt. 2, 10 high street", "FLAT 2 10 HIGH ST."),
        ("10a High Street", "10 A High St"),
        ("2/1 10 High Street", "Flat 2-1, 10 High Street"),
        ("1 Abbey Rd, London nw8 9ay", "No. 1 Abbey Road London NW89AY"),
        ("Rose Cottage, Mill Lane", "rose cottage  mill ln"),
        ("5 Rue de l’Église", "5 rue de l'eglise"),
    ],
)
def test_two_ways_to_write_one_address_agree(one, other):
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Flat 2, 10 High St", "Flat 10, 2 High St"),
        ("Flat 2, 10 High St", "10 High St"),
        ("10a High Street", "10b High Street"),
        ("10 High Street", "10 High Road"),
        ("1 1 Mill Lane", "11 Mill Lane"),
        ("10 High Street Leeds", "10 High Street York"),
    ],
)
def test_two_addresses_keep_two_keys(one, other):
    assert address_key(one) != address_key(other)


def test_a_blank_address_has_no_key():
    assert address_key(" ,. ") == ""
