"""The report's sentence about documents (S03) tells what was registered, void ones not."""

import datetime

import pytest

from congress.models import Document
from congress.periods import Period
from reports.figures.institution import paper_figures
from reports.ledgers import import_ledgers
from reports.scope import Scope
from tests.factory import make_document

from .ledger_files import cells_of, day, errors_of, exported, small_town

pytestmark = pytest.mark.django_db
PERIOD = Period(datetime.date(2020, 1, 1), datetime.date(2020, 8, 20))


def told():
    papers = paper_figures(Scope(PERIOD, 2020))
    return [paper.title for paper in papers.county], [paper.title for paper in papers.own]


def test_the_position_decides_the_first_named():
    make_document("XX镇人〔2020〕1号", title="后", position=2)
    make_document("XX镇人〔2020〕2号", title="先", position=1)

    assert told() == ([], ["先", "后"])


def test_void_and_later_documents_are_not_told_repealed_ones_are():
    new = make_document("XX镇人〔2020〕4号", title="新", date="2020-08-20", position=4)
    void = {"void_on": "2020-08-21", "void_reason": "重复"}
    make_document("XX镇人〔2020〕1号", title="废", position=1, **void)
    make_document(
        "XX镇人〔2020〕2号", title="旧", repealed_on="2020-08-20", replaced_by=new, position=2
    )
    make_document("XX镇人〔2020〕5号", title="截止后", date="2020-08-21", position=5)
    make_document("XX镇人〔2019〕1号", title="上年", date="2019-12-31", position=6)
    make_document("YY〔2020〕1号", title="县", level="county", repealed_on="2020-05-01")

    assert told() == (["县"], ["旧", "新"])


# The ledger's sheet


def town_with(*numbers, issuer="乡人大", level="本级"):
    ledger = small_town()
    for number in numbers:
        ledger.add("文件", f"{number}的通知", issuer, day("2020-01-06"), number, level)
    return ledger


def test_a_ledger_brings_gaps_and_numbers_as_they_were_typed():
    ledger = town_with("XX乡人[2020]第02号", "XX乡人〔2020〕5号", "第1号")
    assert import_ledgers(ledger.file()).errors == []

    again = import_ledgers(ledger.file())

    rows = Document.objects.order_by("pk").values_list("number", "series", "serial", "kind")
    assert list(rows) == [
        ("XX乡人〔2020〕2号", "XX乡人〔2020〕", 2, "notice"),
        ("XX乡人〔2020〕5号", "XX乡人〔2020〕", 5, "notice"),
        ("第1号", "", None, "notice"),
    ]
    assert again.changes == []


def test_a_ledger_does_not_use_an_own_number_twice():
    ledger = town_with("XX乡人〔2020〕1号")
    ledger.add("文件", "意见", "主席团", day("2020-01-06"), "XX乡人(2020)1号", "本级")

    assert [error.split("：", 1)[1] for error in errors_of(ledger)] == [
        "本级已有文件用了这个文号。"
    ]


def test_a_void_document_is_not_in_the_ledger_and_not_brought_back_by_it():
    ledger = town_with("XX乡人〔2020〕1号")
    import_ledgers(ledger.file())
    Document.objects.update(void_on=day("2020-02-01"), void_reason="重复")

    assert cells_of(exported())["文件"][1:] == []
    assert "这个文号已登记为作废" in errors_of(ledger)[0]
