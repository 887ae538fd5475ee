"""People are found by characters, pinyin and initials, whichever way their name came in."""

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import connection
from django.db.models import F

from congress.ledger_plan import Plan
from congress.workbook import Errors
from delegates.models import Delegate
from delegates.name_keys import bring_up
from delegates.pinyin import by_name, search_key, spelled
from tests import factory

pytestmark = pytest.mark.django_db

PEOPLE = [
    "单田芳",
    "单于明",
    "仇英",
    "曾国藩",
    "解晓东",
    "查良镛",
    "吕布",
    "周䶮",
    "阿卜杜拉·买买提",
    "王小明",
    "汪晓鸣",
    "John Smith",
    "山崎\ufa11",
]


@pytest.fixture
def people():
    return {name: factory.make_delegate(name=name) for name in PEOPLE}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("单", ["单田芳", "单于明"]),
        ("shan", ["单田芳", "单于明", "山崎\ufa11"]),
        ("dantianfang", ["单田芳"]),
        ("stf", ["单田芳"]),
        ("dtf", ["单田芳"]),
        ("chanyu", ["单于明"]),
        ("qiuying", ["仇英"]),
        ("chou", ["仇英"]),
        ("zengguofan", ["曾国藩"]),
        ("ceng", ["曾国藩"]),
        ("xie xiao dong", ["解晓东"]),
        ("jiexd", ["解晓东"]),
        ("zha", ["查良镛"]),
        ("ChaLiangYong", ["查良镛"]),
        ("lvbu", ["吕布"]),
        ("lubu", ["吕布"]),
        ("lyubu", ["吕布"]),
        ("Lǚ Bù", ["吕布"]),
        ("lb", ["吕布"]),
        ("zhouyan", ["周䶮"]),
        ("䶮", ["周䶮"]),
        ("阿卜杜拉买买提", ["阿卜杜拉·买买提"]),
        ("阿卜杜拉•买买提", ["阿卜杜拉·买买提"]),
        ("买买提", ["阿卜杜拉·买买提"]),
        ("abudulamaimaiti", ["阿卜杜拉·买买提"]),
        ("maimaiti", ["阿卜杜拉·买买提"]),
        ("mmt", ["阿卜杜拉·买买提"]),
        ("wxm", ["王小明", "汪晓鸣"]),
        ("ＷＡＮＧ", ["王小明", "汪晓鸣"]),
        ("wáng xiǎo míng", ["王小明", "汪晓鸣"]),
        ("wangxm", ["王小明", "汪晓鸣"]),
        ("xiaoming", ["王小明", "汪晓鸣"]),
        ("小明", ["王小明"]),
        ("小 王", ["王小明"]),
        ("smith", ["John Smith"]),
        ("johnsmith", ["John Smith"]),
        ("\ufa11", ["山崎\ufa11"]),
        ("ang", []),
        ("%", []),
        ("_", []),
        ("^", []),
    ],
)
def test_person_is_found(people, typed, found):
    condition = Delegate.objects.all()
    for word in typed.split():
        condition = condition.filter(by_name()(word))

    assert sorted(condition.values_list("name", flat=True)) == sorted(found)


def test_compatibility_ideograph_is_found_by_the_common_one():
    factory.make_delegate(name="李\uf9dc")

    assert Delegate.objects.filter(by_name()("李隆")).count() == 1


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("单田芳", ["shan", "tian", "fang"]),
        ("单于明", ["chan", "yu", "ming"]),
        ("尉迟恭", ["yu", "chi", "gong"]),
        ("万俟卨", ["mo", "qi", "xie"]),
        ("曾解", ["zeng", "jie"]),
        ("John Smith", ["john", "smith"]),
        ("", []),
    ],
)
def test_name_is_read_with_its_surname(name, read):
    assert spelled(name) == read


def test_longest_names_have_bounded_keys():
    assert len(search_key("重" * 50)) < 200_000


def _behind():
    return [
        (person.name, person.name_key)
        for person in Delegate.objects.all()
        if person.name_key != search_key(person.name)
    ]


def test_key_follows_the_name_on_every_way():
    one = factory.make_delegate(name="王一")
    Delegate.objects.bulk_create(
        [Delegate(name="王二", sex="男", birth_month=factory.day("1970-01-01"))]
    )
    two = Delegate.objects.get(name="王二")
    one.name = "李一"
    one.save(update_fields=["name"])
    two.name = "李二"
    Delegate.objects.bulk_update([two], ["name", "version"])
    three = factory.make_delegate(name="王三")
    Delegate.objects.filter(pk=three.pk).update(name="李三")
    plan = Plan(Errors(), {})
    four = factory.make_delegate(name="王四")
    plan.table(Delegate, [four])
    plan.set(four, "name", "李四")
    plan.apply()

    assert _behind() == []
    assert Delegate.objects.filter(by_name()("ly")).get() == one
    assert Delegate.objects.filter(by_name()("wang")).count() == 0


def test_keys_left_behind_are_told_and_brought_up():
    factory.make_delegate(name="王一")
    Delegate.objects.update(name_key=F("note"))
    told = _told()

    bring_up(using=connection.alias, apps=apps)

    assert told == ["有1位代表按姓名、拼音可能检索不到。"]
    assert _behind() == []
    assert _told() == []


def _told():
    found = run_checks(databases=[connection.alias])
    return [each.msg for each in found if each.id == "delegates.W003"]
