"""代表结构: how delegates are classed by what is known of them, counted by the database.

A dimension is one SQL expression that gives each person a key, so that a count and the list behind
it can never differ. What is not told and what no rule recognises are classes of their own.

选举法 7 asks for enough grass-roots delegates (workers, farmers, intellectuals) and women; the
bands of age and the classes of education, party and occupation are those of the usual forms.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from .models import Delegate, Level, Mandate

UNTOLD, UNKNOWN = "untold", "unknown"
#: Shown only where somebody is in them.
LEFT_OVER = {UNTOLD: "未填写", UNKNOWN: "未能归类"}

#: Age that somebody has at least, from the highest; the words of each band.
_AGES = (
    (61, "61岁及以上"),
    (56, "56至60岁"),
    (46, "46至55岁"),
    (36, "36至45岁"),
    (0, "35岁及以下"),
)
#: Of the words of a class one must stand in the text; earlier classes win (大专 before 大学).
_EDUCATION = (
    ("postgraduate", "研究生", "研究生 硕士 博士"),
    ("secondary", "高中、中专", "高中 中专 中技 技校 职高 职中 中师 中等"),
    ("college", "大专", "大专 专科 高职"),
    ("bachelor", "大学本科", "本科 大学 学士"),
    ("basic", "初中及以下", "初中 小学 初小 高小 初等 扫盲 文盲 识字"),
)
_DEMOCRATIC = (
    "民革 民盟 民建 民进 农工 致公 九三 台盟 国民党革命委员会 民主同盟 民主建国会 民主促进会 "
    "农工民主党 台湾民主自治同盟"
)
_PARTY = (
    ("communist", "中共党员", "中共 共产党"),
    ("democratic", "民主党派", _DEMOCRATIC),
    ("none", "无党派人士", "无党派"),
    ("league", "共青团员", "团员"),
    ("masses", "群众", "群众"),
)
_VILLAGE = "村 社区 居委会"
_NO_VILLAGE = "村建 农村 乡村"
_VILLAGE_POSTS = "书记 支书 主任 委员 文书 会计 妇联 组长 专干 网格 干部 民兵"
_OCCUPATION = (
    ("retired", "离退休人员", "退休 离休"),
    (
        "professional",
        "专业技术人员",
        "教师 老师 校长 园长 医生 医师 护士 药师 兽医 工程师 农艺师 技术员 农技 会计师 律师 教授",
    ),
    ("village", "村（社区）干部", ""),
    (
        "official",
        "党政机关干部",
        "党委 政府 人大 政协 纪委 监委 团委 妇联 武装部 镇长 乡长 县长 局长 所长 站长 科员 干事 "
        "公务员 派出所 办公室 办主任 中心主任",
    ),
    ("worker", "工人", "工人 职工 员工 司机 驾驶员 电工 焊工 瓦工 木工 矿工 保洁"),
    ("own_business", "个体经营者", "个体 经营户 店主 商户 商店 超市 餐馆"),
    ("farmer", "农民", "农民 村民 务农 种植 养殖 养羊 养猪 养牛 养鱼 农户 加工户 护林员 渔民 牧民"),
    (
        "manager",
        "企事业单位负责人",
        "公司 企业 厂长 经理 董事长 负责人 合作社 理事长 供销社 协会 农场",
    ),
)


@dataclass(frozen=True)
class Dimension:
    """``expression`` gives the key of a person that day; ``people`` are those listed."""

    key: str
    label: str
    expression: Callable[[datetime.date, QuerySet[Mandate]], Case | F]
    #: Keys in the order of the table; others (the nationalities) follow by their number.
    words: dict[str, str] = field(default_factory=dict)
    note: str = ""

    def word(self, key: str) -> str:
        return (self.words | LEFT_OVER).get(key, key)


def _contains(name: str, words: str) -> Q:
    return reduce(or_, (Q(**{f"{name}__contains": word}) for word in words.split()))


def _told(name: str, cases: Iterable[tuple[str, Q]]) -> Case:
    """The first condition that holds; blank is untold, what fits none is unknown."""
    return Case(
        When(**{name: ""}, then=Value(UNTOLD)),
        *(When(condition, then=Value(key)) for key, condition in cases),
        default=Value(UNKNOWN),
        output_field=CharField(),
    )


def _by_words(name: str, classes: Iterable[tuple[str, str, str]]) -> Case:
    return _told(name, [(key, _contains(name, words)) for key, _, words in classes])


def _occupation() -> Case:
    in_village = _contains("occupation", _VILLAGE) & ~_contains("occupation", _NO_VILLAGE)
    village_post = in_village & _contains("occupation", _VILLAGE_POSTS)
    return _told(
        "occupation",
        [
            (key, _contains("occupation", words) if words else village_post)
            for key, _, words in _OCCUPATION
        ],
    )


def born_by(day: datetime.date, age: int) -> datetime.date:
    """The latest month of birth of who is that old; only the month is known, so its first day."""
    return datetime.date(day.year - age, day.month, 1)


def _age(day: datetime.date, mandates: QuerySet[Mandate]) -> Case:
    return Case(
        When(birth_month__isnull=True, then=Value(UNTOLD)),
        *(When(birth_month__lte=born_by(day, age), then=Value(str(age))) for age, _ in _AGES),
        default=Value(UNKNOWN),
        output_field=CharField(),
    )


def _levels(day: datetime.date, mandates: QuerySet[Mandate]) -> Case:
    county, town = (Exists(of_level(mandates, level)) for level in (Level.COUNTY, Level.TOWN))
    return Case(
        When(county & town, then=Value("both")),
        When(county, then=Value("county")),
        default=Value("town"),
        output_field=CharField(),
    )


def of_level(mandates: QuerySet[Mandate], level: str) -> QuerySet[Mandate]:
    """Those of the level that belong to the person of the query around it."""
    return mandates.filter(level=level, delegate=OuterRef("pk"))


def _words(classes: Iterable[tuple[str, str, str]], order: str = "") -> dict[str, str]:
    words = {key: label for key, label, _ in classes}
    return {key: words[key] for key in order.split() or words}


DIMENSIONS = (
    Dimension(
        "levels",
        "层级",
        _levels,
        {"town": "只任镇代表", "county": "只任县代表", "both": "兼任县、镇代表"},
    ),
    Dimension(
        "sex",
        "性别",
        lambda day, mandates: F("sex"),
        {str(sex): str(sex) for sex in Delegate.Sex.values},
    ),
    Dimension("age", "年龄", _age, {str(age): words for age, words in reversed(_AGES)}),
    Dimension(
        "ethnicity",
        "民族",
        lambda day, mandates: Case(
            When(ethnicity="", then=Value(UNTOLD)),
            default=F("ethnicity"),
            output_field=CharField(),
        ),
        {"汉族": "汉族"},
    ),
    Dimension(
        "party",
        "政治面貌",
        lambda day, mandates: _by_words("party", _PARTY),
        _words(_PARTY),
    ),
    Dimension(
        "education",
        "文化程度",
        lambda day, mandates: _by_words("education", _EDUCATION),
        _words(_EDUCATION, "postgraduate bachelor college secondary basic"),
    ),
    Dimension(
        "occupation",
        "职业",
        lambda day, mandates: _occupation(),
        _words(_OCCUPATION, "farmer worker professional village official manager own_business")
        | _words(_OCCUPATION, "retired"),
        "按“工作单位及职务”中的文字归类；归得不对的，点开数字，把该代表的这一栏写明确。",
    ),
)
