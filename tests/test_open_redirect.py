"""Nobody is sent to another host, whatever stands in an address, a form or a header."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.test_access import ADDRESSES, LET_IN, PUBLIC, ROLES, address_of
from tests.test_access import world as world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_as_html")]

#: Parts of the walk, so that the processors share it.
PARTS = 4
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "http:///evil.example/",
    "http:evil.example",
    "\t//evil.example/",
    "/\t/evil.example/",
    "/\n/evil.example/",
    " //evil.example/",
    "javascript:alert('evil.example')",
    "java\tscript:alert('evil.example')",
    "data:text/html,evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "ftp://testserver/evil.example",
]
#: These lead to a page of the own host, if to any.
HARMLESS = ["%2f%2fevil.example", "/%2f/evil.example/", "/%5cevil.example/"]
#: How programs call the page to go to next.
NAMES = ("next", "back", "return", "return_to", "url", "to", "goto", "redirect", "target", "path")
PASSWORD, NEW_PASSWORD = "demo-password-1", "Xin-mima-2020"
LINKED = re.compile(r"""\b(?:href|action|formaction|src)=["']([^"']*)["']""")


def leaves(address):
    """Whether a browser at the own host would go elsewhere: it drops tabs and line breaks, and a
    backslash is a slash to it.
    """
    read = re.sub(r"[\t\r\n]", "", address).strip().replace("\\", "/")
    parts = urlsplit(read)
    return read.startswith("//") or bool(parts.scheme or parts.netloc)


def test_leaving_is_recognised():
    assert [leaves(each) for each in ELSEWHERE] == [True] * len(ELSEWHERE)
    assert [leaves(each) for each in [*HARMLESS, "/", "/a/?next=//b"]] == [False] * 5


@pytest.mark.parametrize("elsewhere", ELSEWHERE + HARMLESS)
def test_log_in_and_out_and_password_lead_nowhere_else(secretary, logged_in, elsewhere):
    """Wherever Django takes a next page: logging in, already logged in, out, a new password."""
    given = {"username": "secretary", "password": PASSWORD}
    new = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    query = {"next": elsewhere}
    answers = [
        Client().post("/login/", given | query),
        Client().post("/login/", given, query_params=query),
        logged_in(secretary).get("/login/", query),
        logged_in(secretary).post("/logout/", query),
        logged_in(secretary).post("/password/", new | query, query_params=query),
    ]

    assert [answer.status_code for answer in answers] == [302] * 5
    found = [answer.headers["Location"] for answer in answers]
    assert [address for address in found if leaves(address)] == []
    if elsewhere in ELSEWHERE:
        assert found == ["/", "/", "/", "/login/", "/"]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_who_is_secure_stays_secure(secretary, scheme):
    """Over TLS the own host without it is elsewhere too."""
    given = {"username": "secretary", "password": PASSWORD, "next": f"{scheme}://testserver/todo/"}
    answer = Client().post("/login/", given, secure=True)

    assert answer.headers["Location"] == {"http": "/", "https": "https://testserver/todo/"}[scheme]


@pytest.mark.parametrize("part", range(PARTS))
def test_no_address_leads_elsewhere(part, cast, logged_in, world):
    """By its answer, or by a link or form in its page; asked by address, form and header."""
    found = []
    for place, name in enumerate(sorted(set(ADDRESSES) - PUBLIC)[part::PARTS]):
        client = logged_in(cast[ROLES[(LET_IN[name] or "S")[0]]])
        address = address_of(name, world)
        elsewhere = ELSEWHERE[place % len(ELSEWHERE)]
        sent = dict.fromkeys(NAMES, elsewhere)
        headers = {"Referer": "https://evil.example/", "X-Forwarded-Host": "evil.example"}
        for answer in (
            client.get(address, sent, headers=headers),
            client.post(address, sent, query_params=sent, headers=headers),
        ):
            page = "" if answer.streaming else answer.content.decode(errors="replace")
            linked = [answer.headers.get("Location", ""), *LINKED.findall(page)]
            found += [(name, each) for each in linked if leaves(each) and "evil" in each]

    assert found == []


def test_a_stranger_is_sent_to_the_own_log_in(world):
    """An address that looks like another host, and one without its last slash."""
    for address in ("//evil.example/", "///evil.example", "/\\evil.example", "/villages"):
        response = Client().get(f"http://testserver{address}")

        assert response.status_code in (301, 302, 404)
        assert not leaves(response.headers.get("Location", ""))


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "evil_.example"]
)
@pytest.mark.parametrize("address", ["/login/", "/villages/", "/nowhere/"])
def test_a_strange_host_is_told_in_chinese_and_not_repeated(db, host, address):
    response = Client(raise_request_exception=False).get(address, HTTP_HOST=host)

    page = response.content.decode()
    assert response.status_code == 400
    assert "<h1>请求不正确</h1>" in page
    assert not re.search("evil|Traceback|DisallowedHost|settings", page)


def test_an_address_to_be_kept_names_the_own_host(office, logged_in):
    """Calendars ask it for years; no header may choose where it leads."""
    response = logged_in(office).post(
        reverse("calendar_address"), headers={"X-Forwarded-Host": "evil.example"}, follow=True
    )

    page = response.content.decode()
    assert "http://testserver/" in page
    assert "evil" not in page
