"""文号: read and written as the rule has it, in series without gaps or doubles."""

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from congress.documents.actions import (
    delete_document,
    enter_void_number,
    make_void,
    restore,
    save_document,
)
from congress.documents.numbers import DocumentNumber, parsed, written_right
from congress.documents.register import Gap, issued_in, series_of_year, years_of_numbers
from congress.models import Document
from tests import factory
from tests.factory import day, make_document

SERIES = "XX镇人〔2020〕"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("XX镇人〔2020〕1号", "XX镇人〔2020〕1号"),
        ("XX镇人[2020]1号", "XX镇人〔2020〕1号"),
        ("XX镇人（2020）1号", "XX镇人〔2020〕1号"),
        ("XX镇人(2020)1号", "XX镇人〔2020〕1号"),
        ("XX镇人［2020］1号", "XX镇人〔2020〕1号"),
        ("XX镇人【2020】1号", "XX镇人〔2020〕1号"),
        (" XX镇人 〔２０２０〕 第０１２号 ", "XX镇人〔2020〕12号"),
        ("XX镇人〔2020年〕7", "XX镇人〔2020〕7号"),
        ("XX镇人〔2020〕100号", "XX镇人〔2020〕100号"),
        ("第1号", "第1号"),
        ("公告（第3号）", "公告（第3号）"),
        ("XX镇人〔2020〕1号之二", "XX镇人〔2020〕1号之二"),
    ],
)
def test_numbers_are_written_as_ruled(typed, kept):
    assert written_right(typed) == kept
    assert written_right(kept) == kept


def test_a_number_has_three_parts():
    assert parsed("XX镇人〔2020〕12号") == DocumentNumber("XX镇人", 2020, 12)
    assert str(DocumentNumber("XX镇人", 2020, 12)) == "XX镇人〔2020〕12号"
    free = ["第1号", "〔2020〕1号", "XX镇人〔2020〕0号", "XX镇人〔1〕1号", "XX镇人〔3020〕1号", ""]
    assert [parsed(text) for text in free] == [None] * len(free)


def add(by, number="", **fields):
    values = {"title": "通知", "issuer": "镇人大", "date": day("2020-08-20"), "level": "own"}
    take_from = fields.pop("take_from", "")
    document = Document(number=number, **values | fields)
    return save_document(by=by, document=document, take_from=take_from)


def numbers():
    return list(Document.objects.order_by("pk").values_list("number", flat=True))


def refused(action, *arguments, **options):
    with pytest.raises(ValidationError) as error:
        action(*arguments, **options)
    return error.value.messages


@pytest.fixture(autouse=True)
def _day(set_today):
    set_today("2020-08-20")


@pytest.mark.django_db
def test_the_next_number_is_taken(office):
    make_document(f"{SERIES}1号")
    make_document("XX镇人〔2019〕9号", date="2019-12-01")
    make_document(f"{SERIES}7号", level="county")

    taken = [add(office, take_from=SERIES).number for _ in range(2)]
    first = add(office, take_from="XX镇党〔2020〕").number

    assert taken == [f"{SERIES}2号", f"{SERIES}3号"]
    assert first == "XX镇党〔2020〕1号"


@pytest.mark.django_db
def test_a_new_gap_is_refused_with_its_numbers(office):
    make_document(f"{SERIES}2号")

    one = refused(add, office, f"{SERIES}4号")
    many = refused(add, office, f"{SERIES}9号")
    add(office, f"{SERIES}1号")
    add(office, f"{SERIES}3号")

    advice = "不能跳号。请先登记前面的文件；没有发文的，在“文号登记”中记为作废。"
    assert one == [f"还没有登记{SERIES}3号，{advice}"]
    assert many == [f"还没有登记{SERIES}3号、{SERIES}4号、{SERIES}5号等6个文号，{advice}"]
    assert numbers() == [f"{SERIES}2号", f"{SERIES}1号", f"{SERIES}3号"]


@pytest.mark.django_db
def test_a_number_is_used_once_whoever_issued(office):
    make_document(f"{SERIES}1号", issuer="镇人大")

    said = refused(add, office, f"{SERIES}1号", issuer="镇人大主席团")

    assert said == [f"{SERIES}1号已经使用，下一个文号是{SERIES}2号。"]


@pytest.mark.django_db
def test_what_no_number_may_be(office):
    assert refused(add, office, "XX镇人〔2019〕1号") == [
        "文号的年份是2019年，发文日期是2020年，请核对。"
    ]
    assert refused(add, office, f"{SERIES}0号") == [
        "文号应写成“机关代字〔年份〕顺序号”，如：XX镇人〔2020〕1号。"
    ]
    assert add(office, "第1号").serial is None
    assert add(office, "YY县人〔2019〕44号", level="county").number == "YY县人〔2019〕44号"


@pytest.mark.django_db
def test_a_number_under_which_nothing_was_issued_is_entered_as_void(office):
    make_document(f"{SERIES}1号")
    enter_void_number(
        by=office, number=f"{SERIES}2号", issuer="镇人大", reason="打印错误", day=day("2020-08-19")
    )

    assert add(office, take_from=SERIES).number == f"{SERIES}3号"
    assert list(Document.objects.standing().values_list("number", flat=True)) == [
        f"{SERIES}1号",
        f"{SERIES}3号",
    ]
    without_reason = {"issuer": "镇人大", "reason": "", "day": day("2020-08-19")}
    assert refused(enter_void_number, by=office, number=f"{SERIES}4号", **without_reason) == [
        "作废须写明原因和日期。"
    ]


@pytest.mark.django_db
def test_a_used_number_stays_used(office, leader):
    first, second = make_document(f"{SERIES}1号"), make_document(f"{SERIES}2号")
    free = make_document("第1号")

    never = "本级文件的文号已经使用，不能删除。不再使用的，请作废。"
    assert refused(delete_document, by=office, document=first) == [never]
    assert refused(delete_document, by=office, document=free) == [never]
    with pytest.raises(PermissionDenied):
        delete_document(by=leader, document=second)
    delete_document(by=office, document=second)
    make_void(by=office, document=first, reason="重复发文", day=day("2020-08-20"))

    assert add(office, take_from=SERIES).number == f"{SERIES}2号"
    restore(by=office, document=first)
    assert refused(restore, by=office, document=first) == ["这份文件没有作废。"]


@pytest.mark.django_db
def test_a_number_is_not_changed_away_under_the_next(office):
    first = make_document(f"{SERIES}1号")
    last = make_document(f"{SERIES}2号")
    first.number = "第9号"
    last.level, last.number = "county", "YY人常〔2020〕2号"

    assert refused(save_document, by=office, document=first) == [
        f"{SERIES}1号之后已有文号，改动会使它空缺。请保留原文号；文件不再使用的，请作废后另行登记。"
    ]
    save_document(by=office, document=last)
    assert add(office, take_from=SERIES).number == f"{SERIES}2号"


@pytest.mark.django_db
def test_a_document_is_replaced_by_a_later_one_and_never_in_circles(office):
    old = make_document(f"{SERIES}1号", date="2020-01-01")
    new = make_document(f"{SERIES}2号", date="2020-01-01")
    old.replaced_by, old.repealed_on = new, day("2020-01-01")
    save_document(by=office, document=old)
    new.replaced_by, new.repealed_on = old, day("2020-01-01")

    assert refused(save_document, by=office, document=new) == [
        "文件不能由自己代替，也不能互相代替。"
    ]
    new.replaced_by = make_document("XX镇人〔2019〕1号", date="2019-01-01")
    assert refused(save_document, by=office, document=new) == ["代替它的文件，发文日期不能比它早。"]


@pytest.mark.django_db
def test_gaps_that_a_ledger_brought_are_shown_not_filled():
    for number in (2, 3, 7):
        make_document(f"{SERIES}{number}号")
    make_document("XX镇人〔2019〕1号", date="2019-01-13")
    make_document("第1号")

    series = series_of_year(2020)

    assert [(each.name, each.last, each.held, each.missing) for each in series] == [
        (SERIES, 7, 3, 4)
    ]
    assert [line.gap or line.document.number for line in issued_in(2020)] == [
        Gap(SERIES, 1, 1),
        f"{SERIES}2号",
        f"{SERIES}3号",
        Gap(SERIES, 4, 6),
        f"{SERIES}7号",
        "第1号",
    ]
    assert years_of_numbers() == [2020, 2019]


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_get_two_numbers():
    clerks = [factory.make_user(f"clerk{number}") for number in range(6)]
    make_document(f"{SERIES}1号")
    ready = threading.Barrier(len(clerks))

    def work(clerk):
        try:
            ready.wait()
            add(clerk, take_from=SERIES)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[clerk]) for clerk in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(numbers()) == [f"{SERIES}{number}号" for number in range(1, 8)]
