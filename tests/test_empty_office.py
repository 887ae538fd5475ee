"""A new installation with nothing in it: every page that stands alone helps, and none breaks."""

import uuid

import pytest
from django.urls import reverse

from tests.test_access import ADDRESSES

pytestmark = pytest.mark.django_db

#: Addresses that ask for nothing: lists, forms to add, the reports, the ledgers.
STANDING_ALONE = sorted(name for name, parameters in ADDRESSES.items() if not parameters)
IN_NEED_OF_A_RECORD = sorted(name for name, parameters in ADDRESSES.items() if parameters)


def broken(client, addresses):
    return [
        (address, response.status_code)
        for address in addresses
        for response in (client.get(address), client.head(address))
        if response.status_code >= 500
    ]


@pytest.mark.parametrize("role", ["secretary", "office", "chair", "leader", "unit", "delegate"])
def test_every_page_opens(role, request, logged_in):
    client = logged_in(request.getfixturevalue(role))
    addresses = [reverse(name) for name in STANDING_ALONE if name != "logout"]

    assert broken(client, addresses) == []


def test_every_form_is_sent_empty(secretary, logged_in):
    client = logged_in(secretary)
    addresses = [reverse(name) for name in STANDING_ALONE if name != "logout"]

    assert [a for a in addresses if client.post(a).status_code >= 500] == []


def test_records_that_are_not_there_are_not_found(secretary, logged_in):
    client = logged_in(secretary)
    values = {
        "pk": 7,
        "other": 8,
        "key": 7,
        "year": 2031,
        "month": 7,
        "place": "前言-1",
        "token": "0" * 32,
    }
    values |= {"secret": "0" * 32, "job": "0" * 32, "batch": uuid.UUID(int=0), "number": "2031-001"}
    addresses = [
        reverse(name, kwargs={key: values[key] for key in ADDRESSES[name]})
        for name in IN_NEED_OF_A_RECORD
    ]

    assert broken(client, addresses) == []
