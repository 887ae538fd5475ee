"""What each kind of answer tells the browser, as one table."""

import pytest
from django.test import Client
from django.urls import reverse

from congress.models import Document, DocumentFile
from congress.response_headers import PERMISSIONS_POLICY
from reports.models import AnnualReport
from tests import factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_as_html")]


def in_order(policy):
    """The directives by name: they mean the same in any order."""
    return "; ".join(sorted(policy.split("; ")))


STRICT = (
    "base-uri 'none'; default-src 'self'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self' data:; object-src 'none'; script-src 'self'; "
    "style-src 'self'"
)
SAVED = "default-src 'none'; sandbox"
FROZEN = (
    "base-uri 'none'; default-src 'none'; form-action 'none'; frame-ancestors 'self'; "
    "img-src data:; sandbox; style-src 'unsafe-inline'"
)
UNKEPT = "private, no-store"
FAULT = "no-store"
#: Django's own words for it.
NEVER = "max-age=0, no-cache, no-store, must-revalidate, private"
#: What every answer says.
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
}
#: Who asks for what: answer, Content Security Policy, framing, how long it is kept.
TABLE = {
    ("stranger", "log-in"): (200, STRICT, "DENY", NEVER),
    ("stranger", "sent to log in"): (302, STRICT, "DENY", UNKEPT),
    ("stranger", "public page"): (200, STRICT, "DENY", UNKEPT),
    ("stranger", "style"): (200, STRICT, "DENY", "max-age=60, public"),
    ("stranger", "other host"): (400, STRICT, "DENY", FAULT),
    ("secretary", "page"): (200, STRICT, "DENY", UNKEPT),
    ("secretary", "workbook"): (200, STRICT, "DENY", UNKEPT),
    ("secretary", "paper"): (200, "frame-ancestors 'none'", "DENY", UNKEPT),
    ("secretary", "attachment"): (200, SAVED, "DENY", UNKEPT),
    ("secretary", "report to be saved"): (200, SAVED, "DENY", UNKEPT),
    ("secretary", "signed report"): (200, FROZEN, "SAMEORIGIN", UNKEPT),
    ("secretary", "not found"): (404, STRICT, "DENY", FAULT),
    ("delegate", "forbidden"): (403, STRICT, "DENY", FAULT),
}


@pytest.fixture
def addresses(secretary, set_today, settings, tmp_path):
    set_today("2020-08-20")
    settings.MEDIA_ROOT = tmp_path
    factory.make_township()
    report = AnnualReport.objects.create(
        year=2020, start=factory.day("2020-01-01"), cut_off=factory.day("2020-08-20")
    )
    factory.make_version(report, secretary)
    document = Document.objects.create(
        title="意见", issuer="镇人大", number="1号", date=factory.day("2020-01-13"), level="own"
    )
    file = factory.make_file(DocumentFile, document, secretary)
    return {
        "log-in": "/login/",
        "sent to log in": "/villages/",
        "public page": reverse("verify"),
        "style": "/static/css/app.css",
        "other host": "/login/",
        "page": "/villages/",
        "workbook": "/villages/?export=xlsx",
        "paper": reverse("room_report_pdf"),
        "attachment": reverse("document_file", args=[document.pk, file.pk]),
        "report to be saved": reverse("report_html", args=["2020"]),
        "signed report": reverse("report_version_page", args=["2020", 1]),
        "not found": "/villages/99999/",
        "forbidden": "/villages/",
    }


def test_headers_of_every_kind_of_answer(addresses, secretary, delegate, logged_in):
    clients = {
        "stranger": Client(),
        "secretary": logged_in(secretary),
        "delegate": logged_in(delegate),
    }
    found, missing = {}, {}
    for who, what in TABLE:
        host = {"HTTP_HOST": "elsewhere.example"} if what == "other host" else {}
        response = clients[who].get(addresses[what], **host)
        told = response.headers
        found[who, what] = (
            response.status_code,
            in_order(told["Content-Security-Policy"]),
            told.get("X-Frame-Options"),
            told.get("Cache-Control"),
        )
        always = {name: told.get(name) for name in ALWAYS}
        if always != ALWAYS or "Access-Control-Allow-Origin" in told:
            missing[who, what] = always

    assert found == TABLE
    assert missing == {}
