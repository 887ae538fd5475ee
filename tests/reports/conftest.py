"""The report over the ledgers of 2020; a small one, with files that take no time to set."""

import hashlib

import pytest

from reports.models import AnnualReport
from reports.proof import reception
from reports.signing import actions, freezing
from tests import factory


@pytest.fixture
def report(imported_2020, db):
    """The annual report of 2020, over its ledgers."""
    return AnnualReport.objects.get(year=2020)


@pytest.fixture
def small_report(db, set_today):
    """2020 to 20 August: two visits of group 1 on a reception day that was held."""
    set_today("2020-08-20")
    factory.make_township(name="XX镇")
    day = factory.make_reception_day("2020-07-15", state="held")
    factory.make_visit(day, persons=2)
    factory.make_visit(day, persons=1)
    return AnnualReport.objects.create(
        year=2020, start=factory.day("2020-01-01"), cut_off=factory.day("2020-08-20")
    )


@pytest.fixture
def quick_files(monkeypatch):
    """Files that follow the document, without typesetting."""

    def quick(document, *, proof=None):
        said = f"{document.title} {proof.code if proof else ''}"
        return b"%PDF-1.7 " + hashlib.sha256(repr(document).encode()).digest() + said.encode()

    monkeypatch.setattr(actions, "pdf_file", quick)
    monkeypatch.setattr(actions, "docx_file", quick)


@pytest.fixture
def few_figures(monkeypatch):
    """A signature freezes what was said of reception; all else takes half a second."""
    monkeypatch.setattr(freezing, "FIGURES", {figure.key: figure for figure in reception.FIGURES})
    monkeypatch.setattr(freezing, "FIGURES_OF_ONE", {})
    monkeypatch.setattr(freezing, "FACTS", {})


@pytest.fixture
def nothing_found(monkeypatch):
    """Before it is signed, nothing is wrong with a report."""
    monkeypatch.setattr(actions, "findings", lambda report: ())
