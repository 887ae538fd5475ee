"""A new installation with nothing in it: every page that stands alone helps, and none breaks."""

import uuid

import pytest
from django.urls import reverse

from tests.test_access import ADDRESSES

pytestmark = pytest.mark.django_db

#: Addresses that ask for nothing: lists, forms to add, the reports, the ledgers.
STANDING_ALONE = sorted(name for name, parameters in ADDRESSES.items() if not parameters)
IN_NEED_OF_A_RECORD = sorted(name for name, parameters in ADDRESSES.items() if parameters)


def broken(ask, addresses):
    return [
        (address, response.status_code)
        for address in addresses
        if (response := ask(address)).status_code >= 500
    ]


def standing_alone():
    return [reverse(name) for name in STANDING_ALONE if name not in {"logout", "stay"}]


def numbers_in(name):
    """Versions of a report are counted, all else bears a number of its year."""
    return {"number": 7} if name.startswith("report_") else {"number": "2031-001"}


@pytest.mark.parametrize("role", ["secretary", "office", "chair", "leader", "unit", "delegate"])
def test_every_page_opens(role, request, logged_in):
    client = logged_in(request.getfixturevalue(role))

    assert broken(client.get, standing_alone()) == []


def test_every_page_tells_its_head(secretary, logged_in):
    assert broken(logged_in(secretary).head, standing_alone()) == []


def test_every_form_is_sent_empty(secretary, logged_in):
    assert broken(logged_in(secretary).post, standing_alone()) == []


def test_records_that_are_not_there_are_not_found(secretary, logged_in):
    client = logged_in(secretary)
    values = {
        "pk": 7,
        "other": 8,
        "key": 7,
        "year": 2031,
        "slug": "2031",
        "form": "pdf",
        "month": 7,
        "place": "前言-1",
        "model": "visit",
        "token": "0" * 32,
    }
    values |= {"secret": "0" * 32, "job": "0" * 32, "batch": uuid.UUID(int=0)}
    addresses = [
        reverse(name, kwargs={key: (values | numbers_in(name))[key] for key in ADDRESSES[name]})
        for name in IN_NEED_OF_A_RECORD
    ]

    assert broken(client.get, addresses) == []
