"""Who is proposed as one person, why, and what the office does about it on the pages."""

import pytest
from django.urls import reverse

from congress.todo import todos_of
from delegates import actions
from delegates.duplicates.rules import RULES, keyed, like, pairs, proposals
from delegates.models import Delegate, KeptApart, Merge
from tests import factory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def town(set_today):
    set_today("2020-08-20")
    factory.make_township()


def named(name, phone="", **fields):
    return factory.make_delegate(name, phone=phone, **fields)


#: Two persons, and why they are proposed; nothing for two who are not.
CASES = {
    "same name and month": (("孟广才",), ("孟广才", "13900006001"), ["姓名、出生年月相同"]),
    "separator left out": (
        ("艾力·吐尔逊",),
        ("艾力吐尔逊", "13900006001"),
        ["姓名写法略有不同（间隔号、空格或异体字），出生年月相同"],
    ),
    "same mobile": (
        ("孟广才", "13900006001"),
        ("孟庆才", "13900006001"),
        ["手机号码相同（139****6001）"],
    ),
    "all of it": (
        ("孟广才", "13900006001"),
        ("孟 广才", "13900006001"),
        ["姓名写法略有不同（间隔号、空格或异体字），出生年月相同", "手机号码相同（139****6001）"],
    ),
    "the office's fixed line": (("孟广才", "08316001234"), ("卫红", "08316001234"), None),
    "no telephone": (("孟广才",), ("卫红",), None),
    "other month": (("孟广才",), ("孟广才", "1", {"birth_month": factory.day("1980-01-01")}), None),
}


@pytest.mark.parametrize(("one", "other", "why"), CASES.values(), ids=CASES)
def test_who_is_proposed_and_why(one, other, why):
    persons = [
        named(name, *phone, **(more[0] if more else {}))
        for name, *rest in (one, other)
        for phone, more in [(rest[:1], rest[1:])]
    ]

    found = [(each.one, each.other, list(each.reasons)) for each in proposals(pairs().items())]

    assert found == ([(*persons, why)] if why else [])
    assert [list(each.reasons) for each in like(persons[1])] == ([why] if why else [])


def test_the_database_and_a_row_of_a_roster_are_compared_alike():
    for name, phone in (("Ali-Baba", "13900006001"), ("艾力·吐尔逊", "08316001234"), ("卫红", "")):
        named(name, phone)

    told = {
        person.name: [tuple(getattr(person, column) for column in rule.columns) for rule in RULES]
        for person in keyed()
    }

    assert told == {
        person.name: [rule.key(person) or (None,) for rule in RULES]
        for person in Delegate.objects.all()
    }


def test_kept_apart_for_good_and_taken_back(office, logged_in):
    one, other = named("孟广才"), named("孟广才", "13900006001")
    client = logged_in(office)

    for _ in range(2):
        client.post(reverse("delegate_apart", args=[other.pk, one.pk]))
    assert list(KeptApart.objects.values_list("one", "other", "by")) == [
        (one.pk, other.pk, office.pk)
    ]
    assert (pairs(), like(one), like(other)) == ({}, [], [])
    assert "孟广才、孟广才：办公室" in client.get(reverse("duplicates")).content.decode()

    client.post(reverse("delegate_propose_again", args=[one.pk, other.pk]))
    assert list(pairs()) == [(one.pk, other.pk)]


def test_the_office_has_it_to_do(office, secretary, chair):
    one, other = named("孟广才"), named("孟广才", "13900006001")

    def waiting(user):
        return [todo for todo in todos_of(user, factory.day("2020-08-20")) if "重复" in todo.label]

    [todo] = waiting(office)
    assert (todo.count, todo.measure, todo.address) == (1, "对", reverse("duplicates"))
    assert [(sample.words, sample.when) for sample in todo.samples()] == [
        ("孟广才、孟广才", "姓名、出生年月相同")
    ]
    assert (len(waiting(secretary)), waiting(chair)) == (1, [])
    actions.keep_apart(by=office, one=one, other=other)
    assert waiting(office) == []


@pytest.mark.parametrize("page", ["duplicates", "delegate_merge", "delegate_detail"])
def test_queries_do_not_grow(page, office, logged_in, queries_of):
    client = logged_in(office)
    one, other = named("孟广才"), named("孟广才", "13900006001")
    ours, theirs = factory.make_mandate(one), factory.make_mandate(other)

    def more(number):
        twin = named("孟广才", f"1390000700{number}")
        mandate = factory.make_mandate(twin)
        factory.make_attendance(factory.make_activity(), theirs)
        same = factory.make_activity()
        factory.make_attendance(same, ours)
        factory.make_attendance(same, theirs)
        factory.make_visit(factory.make_reception_day(f"2020-0{number + 1}-15", on_duty=[theirs]))
        return mandate

    arguments = {
        "duplicates": [],
        "delegate_merge": [one.pk, other.pk],
        "delegate_detail": [one.pk],
    }
    address = reverse(page, args=arguments[page])
    more(1)
    few = queries_of(client, address)
    more(2)
    more(3)
    assert queries_of(client, address) == few


def test_merged_on_the_page_once_and_undone_there(office, logged_in):
    client = logged_in(office)
    one, other = named("孟广才"), named("孟广才", "13900006001")
    theirs = factory.make_mandate(other)
    mine = factory.make_mandate(one)
    address = reverse("delegate_merge", args=[one.pk, other.pk])
    page = client.get(address)
    sent = {
        "seen": page.context["plan"].seen,
        **{name: field.initial for name, field in page.context["form"].fields.items()},
    }

    first = client.post(address, sent)
    again = client.post(address, sent)

    record = Merge.objects.get()
    assert first.url == again.url == record.get_absolute_url()
    for gone, stays in ((other, one), (theirs, mine)):
        assert client.get(gone.get_absolute_url()).url == stays.get_absolute_url()
    page = client.get(record.get_absolute_url()).content.decode()
    assert "手机" not in page
    assert "联系电话：13900006001" in page
    assert "并入孟广才的另一份记录" in client.get(one.get_absolute_url()).content.decode()

    for _ in range(2):
        client.post(reverse("merge_undo", args=[record.pk]))
    assert Delegate.objects.count() == 2
    assert client.get(other.get_absolute_url()).status_code == 200


def test_a_page_that_is_out_of_date_is_shown_anew(office, logged_in):
    client = logged_in(office)
    one, other = named("孟广才"), named("孟广才", "13900006001")
    address = reverse("delegate_merge", args=[one.pk, other.pk])
    page = client.get(address)
    sent = {
        "seen": page.context["plan"].seen,
        **{name: field.initial for name, field in page.context["form"].fields.items()},
    }
    actions.amend(other, education="大学")

    response = client.post(address, sent)

    assert (response.status_code, Delegate.objects.count()) == (409, 2)
    assert "两人的记录有了变化" in response.content.decode()


def test_a_merge_that_breaks_a_rule_is_told(office, logged_in):
    client = logged_in(office)
    one, other = named("孟广才"), named("孟广才", "13900006001")
    named("孟广才", "13900006001", sex="女")
    address = reverse("delegate_merge", args=[one.pk, other.pk])
    page = client.get(address)
    fields = {name: field.initial for name, field in page.context["form"].fields.items()}
    named("孟广才", "13900006009")
    Delegate.objects.filter(pk=one.pk).update(phone="12")

    page = client.get(address)
    response = client.post(
        address, {"seen": page.context["plan"].seen, **fields, f"delegate-{one.pk}-phone": "kept"}
    )

    assert "联系电话只填数字" in response.content.decode()
    assert Merge.objects.count() == 0


def test_another_record_is_looked_for_by_name_card_or_telephone(office, logged_in):
    client = logged_in(office)
    one, other = named("孟广才"), named("孟光才", "13900006001")
    factory.make_mandate(other, card_number="Z15-077")
    address = reverse("delegate_merge_choose", args=[one.pk])

    for words in ("光", "077", "13900006001"):
        assert client.get(address, {"q": words}).context["found"] == [other]
    assert "没有找到" in client.get(address, {"q": "孟广"}).content.decode()
