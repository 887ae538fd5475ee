"""How delegates are classed; what is not recognised is told."""

import datetime

import pytest

from delegates.categories import DIMENSIONS, born_by
from delegates.models import Delegate, Mandate
from tests import factory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2020, 8, 20)
DIMENSION = {dimension.key: dimension for dimension in DIMENSIONS}

PARTY = """
中共党员 中共党员
中共预备党员 中共党员
民盟盟员 民主党派
九三学社社员 民主党派
中国国民党革命委员会 民主党派
无党派人士 无党派人士
无党派 无党派人士
共青团员 共青团员
群众 群众
党外 未能归类
- 未填写
"""
EDUCATION = """
博士研究生 研究生
硕士 研究生
在职研究生 研究生
大学本科 大学本科
本科 大学本科
大学 大学本科
大专 大专
大学专科 大专
专科 大专
中专 高中、中专
中等专科 高中、中专
高中 高中、中专
技校 高中、中专
初中 初中及以下
小学 初中及以下
文盲 初中及以下
函授 未能归类
- 未填写
"""
OCCUPATION = """
XX村村民 农民
DG山村药材种植户 农民
LJ冲村护林员 农民
XX街货运司机 工人
竹器厂职工 工人
HJ河小学校长 专业技术人员
DL河村卫生室乡村医生 专业技术人员
BS畈村幼儿园教师 专业技术人员
XX村党支部书记、村委会主任 村（社区）干部
XX社区居委会主任 村（社区）干部
SJ河村文书 村（社区）干部
XX村妇联主席 村（社区）干部
XX镇党委书记 党政机关干部
XX镇人大办公室干事 党政机关干部
镇村建中心主任 党政机关干部
镇农村经济服务中心主任 党政机关干部
镇供销社主任 企事业单位负责人
XX村茶叶专业合作社理事长 企事业单位负责人
XX竹业有限公司总经理 企事业单位负责人
DG山村村民、农家乐经营户 个体经营者
退休教师 离退休人员
自由撰稿 未能归类
- 未填写
"""


def classes(key, table, field):
    """(what was told, its class) of each line, one person each."""
    lines = [line.split() for line in table.strip().splitlines()]
    for told, _ in lines:
        factory.make_delegate(**{field: "" if told == "-" else told})
    dimension = DIMENSION[key]
    expression = dimension.expression(DAY, Mandate.objects.all())
    found = Delegate.objects.annotate(found=expression).order_by("pk")
    return [
        (told, dimension.word(person.found)) for (told, _), person in zip(lines, found, strict=True)
    ], [tuple(line) for line in lines]


@pytest.mark.parametrize(
    ("key", "table"), [("party", PARTY), ("education", EDUCATION), ("occupation", OCCUPATION)]
)
def test_words(key, table):
    found, expected = classes(key, table, key)

    assert found == expected


@pytest.mark.parametrize(
    ("born", "words"),
    [
        ("1985-08-01", "35岁及以下"),
        ("1984-09-01", "35岁及以下"),
        ("1984-08-01", "36至45岁"),
        ("1974-09-01", "36至45岁"),
        ("1974-08-01", "46至55岁"),
        ("1964-08-01", "56至60岁"),
        ("1959-09-01", "56至60岁"),
        ("1959-08-01", "61岁及以上"),
    ],
)
def test_age_on_the_day(born, words):
    factory.make_delegate(birth_month=factory.day(born))
    dimension = DIMENSION["age"]
    person = Delegate.objects.annotate(found=dimension.expression(DAY, Mandate.objects.all())).get()

    assert dimension.word(person.found) == words


def test_age_on_a_leap_day():
    assert born_by(datetime.date(2024, 2, 29), 61) == datetime.date(1963, 2, 1)
