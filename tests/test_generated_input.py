"""Whatever is sent to an address, it is answered: no form, filter or upload ends in an error.

The fields are read from the page itself, so that a new one is tried without being named here.
Values are drawn by hypothesis from what has broken programs before, a few for each address so
that the suite stays short; ``GENERATED=200 pytest tests/test_generated_input.py`` tries more.
"""

import copy
import os
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import given as draw
from hypothesis import strategies as st

from tests.congress.made_files import picture
from tests.test_access import ADDRESSES, LET_IN, PUBLIC, ROLES, address_of
from tests.test_access import world as world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_as_html")]

EXAMPLES = int(os.environ.get("GENERATED", 2))
#: Parts of the walk, so that the processors share it.
PARTS = 12
NUMBERS = ["0", "-1", "1", "9" * 19, "9" * 400, "1e400", "1.5", "NaN", "Infinity", "٣", "²", "½"]
DAYS = ["0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2020-02-30", "2020-13", "昨天"]
TEXTS = [
    "",
    " ",
    "\0",
    "\ud800",
    "\r\n",
    "=1+1",
    "<script>alert(1)</script>",
    "{{ 7 }}{% 7 %}",
    "%s%n{0}",
    "';--",
    "𠮷\u202e\u200b\ufeff",
    "../../../etc/passwd",
    "//elsewhere.example",
    "长" * 5000,
    "[]",
    '{"a": [1]}',
    "null",
]
VALUES = st.one_of(
    st.sampled_from([*NUMBERS, *DAYS, *TEXTS]),
    st.lists(st.sampled_from([*NUMBERS, *TEXTS]), max_size=3),
    st.text(max_size=20),
)
FILES = st.builds(
    SimpleUploadedFile,
    st.sampled_from(["表.xlsx", "照片.png", "../文.pdf", "a" * 200 + ".docx", "x", ".exe"]),
    st.one_of(
        st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n%%EOF", b"\xff\xd8\xff", picture()]),
        st.binary(max_size=50),
    ),
)
#: Sent where the page tells no fields, because it takes a POST only.
USUAL_FIELDS = ("version", "note", "reason", "date", "position", "pk", "next", "text", "items")


class Fields(HTMLParser):
    """The forms of a page: by method, each field's name and what stands in it."""

    def __init__(self, page):
        super().__init__()
        self.sent = {"get": {}, "post": {}}
        self.files = set()
        self._form = self._select = None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "form":
            self._form = self.sent[(told.get("method") or "get").lower()]
        name = told.get("name")
        if tag == "select":
            self._select = name
        if self._form is None:
            return
        if tag == "option" and self._select and "selected" in told:
            self._form[self._select] = told.get("value") or ""
        if tag in ("input", "select", "textarea", "button") and name:
            if told.get("type") == "file":
                self.files.add(name)
            elif told.get("type") not in ("checkbox", "radio") or "checked" in told:
                self._form[name] = told.get("value") or ""
            else:
                self._form.setdefault(name, "")

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None


def fields_of(client, address):
    response = client.get(address)
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    return Fields("" if response.streaming or not is_page else response.content.decode())


def drawn(names, files=()):
    return st.fixed_dictionaries(
        {}, optional=dict.fromkeys(names, VALUES) | dict.fromkeys(files, FILES)
    )


def as_sent(values):
    """As bytes, for a lone surrogate is no character of a page's encoding."""

    def encoded(value):
        if isinstance(value, list):
            return [encoded(each) for each in value]
        return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value

    return {name: encoded(value) for name, value in values.items()}


def check(client, address):
    """Send drawn values with GET and with POST; each time from the same records."""
    fields = fields_of(client, address)
    asked = {**fields.sent["get"], "page": "", "sort": "", "export": "", "on": "", "next": ""}
    posted = fields.sent["post"] or dict.fromkeys(USUAL_FIELDS, "")
    cookies = copy.deepcopy(client.cookies)

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @draw(drawn(asked), drawn(posted, fields.files))
    def run(query, data):
        with transaction.atomic():
            assert client.get(address, as_sent(query)).status_code < 500
            assert client.post(address, as_sent(posted | data)).status_code < 500
            transaction.set_rollback(True)
        client.cookies = copy.deepcopy(cookies)

    run()


def address_for(name, world):
    if name not in PUBLIC:
        return address_of(name, world)
    values = {"pk": 1, "year": 2020, "token": "0" * 32, "secret": "0" * 32}
    return reverse(name, kwargs={key: values[key] for key in ADDRESSES[name]})


@pytest.mark.parametrize("part", range(PARTS))
def test_every_address_answers_whatever_is_sent(part, cast, logged_in, world):
    broken = []
    for name in sorted(ADDRESSES)[part::PARTS]:
        client = Client() if name in PUBLIC else logged_in(cast[ROLES[(LET_IN[name] or "S")[0]]])
        address = address_for(name, world)
        try:
            check(client, address)
        except Exception as error:
            broken.append((name, repr(error), error.__notes__))

    assert broken == []
