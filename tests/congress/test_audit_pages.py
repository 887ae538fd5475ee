"""The auditor reads the log; those who work with a record read its history."""

import io

import openpyxl
import pytest
from django.urls import reverse

from congress import audit
from congress.audit.wording import account_of
from congress.models import AuditEntry
from tests import factory

Kind = audit.Kind


@pytest.fixture
def entries(office, secretary):
    """A change, an export and a failed log-in."""
    village = factory.make_village("东村")
    with audit.acting(office, "10.0.0.7"):
        change = audit.note(
            Kind.CHANGE,
            "",
            subject=village,
            changes={"name": ["东村", "东庄"], "population": [1, 2]},
        )
        export = audit.note(Kind.EXPORT, "导出来访登记54条", reason="上报县人大")
    failure = audit.note(Kind.FAILURE, "密码不对", user=secretary)
    return change, export, failure


def rows(page, entries):
    """What the list says of these entries, in its order."""
    return [
        [cell["text"] for cell in cells][1:]
        for entry, cells in page.context["rows"]
        if entry in entries
    ]


CHANGE = ["修改", "办公室（office）", "10.0.0.7", "村（编号{key}）：村名、人口", ""]
EXPORT = ["导出", "办公室（office）", "10.0.0.7", "导出来访登记54条", "上报县人大"]
FAILURE = ["登录失败", "人大秘书（secretary）", "", "密码不对", ""]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [FAILURE, EXPORT, CHANGE]),
        ({"kind": "export"}, [EXPORT]),
        ({"alarming": "true"}, [FAILURE]),
        ({"subject_type": "congress.village"}, [CHANGE]),
        ({"role": "secretary"}, [FAILURE]),
        ({"q": "县人大"}, [EXPORT]),
        ({"q": "10.0.0.7", "sort": "at"}, [CHANGE, EXPORT]),
        ({"last": "2001-01-01"}, []),
    ],
)
def test_the_auditor_finds_what_was_done(auditor, logged_in, entries, query, found):
    page = logged_in(auditor).get(reverse("auditentry_list"), query)

    key = entries[0].subject_key
    assert rows(page, entries) == [[text.format(key=key) for text in row] for row in found]


def test_the_export_holds_the_list_and_is_written_down(auditor, logged_in, entries):
    answer = logged_in(auditor).get(
        reverse("auditentry_list"), {"export": "xlsx", "kind": "failure"}
    )

    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert [[cell.value for cell in row][1:] for row in book.worksheets[0].iter_rows()] == [
        ["事项", "账号", "来源地址", "内容", "事由"],
        ["登录失败", "人大秘书（secretary）", None, "密码不对", None],
    ]
    exports = AuditEntry.objects.filter(kind=Kind.EXPORT, username="auditor")
    assert [entry.words for entry in exports] == ["导出审计日志1条"]


def test_too_long_a_log_is_not_exported_at_once(auditor, logged_in, entries, monkeypatch):
    monkeypatch.setattr("congress.audit.pages.MOST_EXPORTED", 2)

    answer = logged_in(auditor).get(reverse("auditentry_list"), {"export": "xlsx"}, follow=True)

    assert [str(message) for message in answer.context["messages"]] == [
        f"符合条件的有{AuditEntry.objects.count()}条，一次最多导出2条，请缩小日期范围后再导出。"
    ]


def test_an_entry_tells_each_field_with_its_earlier_value(auditor, logged_in, entries):
    page = logged_in(auditor).get(entries[0].get_absolute_url())

    assert [(line.label, line.old, line.new) for line in page.context["lines"]] == [
        ("村名", "东村", "东庄"),
        ("人口", "1", "2"),
    ]


def test_the_list_costs_the_same_with_more_entries(auditor, logged_in, queries_of, entries):
    client = logged_in(auditor)
    few = queries_of(client, reverse("auditentry_list"))
    for _ in range(3):
        audit.note(Kind.EXPORT, "又导出")

    assert queries_of(client, reverse("auditentry_list")) == few


def test_the_auditors_first_page_counts_what_was_refused(auditor, logged_in, entries):
    page = logged_in(auditor).get(reverse("dashboard"))

    assert page.context["alarms"] == 1
    listed = logged_in(auditor).get(page.context["alarms_address"])
    assert listed.context["paginator"].count == 1


def test_a_record_shows_its_history_with_names_for_keys(office, logged_in):
    village, other = factory.make_village("东村"), factory.make_village("西村")
    visit = factory.make_visit(village=village)
    with audit.acting(office):
        audit.note(
            Kind.CHANGE,
            "",
            subject=visit,
            changes={"village_id": [village.pk, other.pk], "confidential": [0, 1]},
        )

    page = logged_in(office).get(visit.get_absolute_url())
    history = logged_in(office).get(page.context["history_url"])

    entry, account, lines = history.context["changes"][0]
    assert (entry.get_kind_display(), account) == ("修改", "办公室（office）")
    assert [(line.label, line.old, line.new) for line in lines] == [
        ("村", "东村", "西村"),
        ("要求保密", "否", "是"),
    ]


def test_the_history_costs_the_same_with_more_changes(office, logged_in, queries_of):
    villages = [factory.make_village(name) for name in ("东村", "西村", "南村", "北村")]
    visit = factory.make_visit(village=villages[0])
    address = reverse("record_history", args=["visit", visit.pk])

    def change(new):
        keys = [villages[0].pk, villages[new].pk]
        audit.note(Kind.CHANGE, "", subject=visit, changes={"village_id": keys})

    change(1)
    few = queries_of(logged_in(office), address)
    change(2)
    change(3)

    assert queries_of(logged_in(office), address) == few


def test_other_kinds_of_record_and_keys_are_not_found(office, logged_in, db):
    client = logged_in(office)

    assert client.get(reverse("record_history", args=["session", 1])).status_code == 404
    assert client.get(reverse("record_history", args=["visit", 7])).status_code == 404


@pytest.mark.parametrize(
    ("told", "account"),
    [
        ({"username": "office", "name": "办公室", "mark": "1"}, "办公室（office）"),
        ({"username": "office"}, "office"),
        ({"mark": "1"}, "命令行"),
        ({}, "直接改动数据库"),
    ],
)
def test_a_command_is_not_taken_for_a_change_past_the_program(told, account):
    assert account_of(AuditEntry(changes={"name": ["东村", "西村"]}, **told)) == account
