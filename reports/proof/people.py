"""The township's settings, its delegates, groups and rooms, as figures."""

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from congress.models import Township, Village
from delegates.models import Level
from groups.models import Post
from reports.figures import groups
from reports.models import AnnualReport
from reports.scope import Scope

from . import kinds
from .figure import Figure, Span


def _town(scope: Scope) -> QuerySet:
    return Township.objects.order_by("pk")


def _report(scope: Scope) -> QuerySet:
    return AnnualReport.objects.filter(
        year=scope.year, start=scope.first, kind=scope.kind, group=scope.group
    )


def _groups(scope: Scope) -> QuerySet:
    told = groups.with_people_and_places(groups.groups(scope), scope)
    return told.order_by("ordinal", "pk")


def _members(level: str):
    return lambda scope, group: groups.members(scope).filter(group=group, mandate__level=level)


def _villages_of_group(scope: Scope, group: int) -> QuerySet:
    covered = groups.coverage(scope).filter(group=group)
    return Village.objects.filter(pk__in=covered.values("village"))


def _with_holders(post: Post):
    def records(scope: Scope) -> QuerySet:
        held = groups.officers(scope).filter(group=OuterRef("pk"), post=post).order_by()
        number = held.values(all=Value(1)).annotate(number=Count("pk")).values("number")
        return _groups(scope).annotate(holders=Coalesce(Subquery(number), 0))

    return records


def _posts() -> tuple[Figure, ...]:
    return tuple(
        Figure(
            f"groups.{post.value}",
            f"每个小组的{post.label}",
            "名",
            f"统计截止日各代表小组担任{post.label}的人数；各组不同的，取最少的一组，空缺的算0名。",
            kinds.GROUP,
            _with_holders(post),
            measure="holders",
            each=True,
            span=Span.CUT_OFF,
        )
        for post in (Post.LEADER, Post.VICE_LEADER, Post.LIAISON)
    )


FIGURES = (
    Figure(
        "delegates.county",
        "县人大代表",
        "名",
        "统计截止日在任的县人大代表；资格已终止的、暂停执行职务的不算。",
        kinds.MANDATE,
        lambda scope: groups.mandates(scope, Level.COUNTY),
        span=Span.CUT_OFF,
    ),
    Figure(
        "delegates.town",
        "乡镇人大代表",
        "名",
        "统计截止日在任的乡镇人大代表；资格已终止的、暂停执行职务的不算。",
        kinds.MANDATE,
        lambda scope: groups.mandates(scope, Level.TOWN),
        span=Span.CUT_OFF,
    ),
    Figure(
        "delegates.persons",
        "在任代表（人）",
        "人",
        "统计截止日在任的代表，每人只算一次；兼任县、乡镇两级的算一人。",
        kinds.PERSON,
        groups.persons,
        span=Span.CUT_OFF,
    ),
    Figure(
        "delegates.women",
        "女代表",
        "人",
        "统计截止日在任的代表中性别为女的人数，每人只算一次。",
        kinds.PERSON,
        groups.women,
        span=Span.CUT_OFF,
    ),
    Figure(
        "groups",
        "代表小组",
        "个",
        "统计截止日存在的代表小组；已撤销的不算。",
        kinds.GROUP,
        _groups,
        span=Span.CUT_OFF,
    ),
    *_posts(),
    Figure(
        "villages",
        "村（社区）",
        "个",
        "系统中登记的村和社区。村不按日期登记，因此没有上年数。",
        kinds.VILLAGE,
        groups.villages,
        span=Span.UNDATED,
    ),
    Figure(
        "rooms",
        "代表小组活动室",
        "个",
        "统计截止日在用的代表小组活动室；停用的不算。",
        kinds.ROOM,
        groups.rooms,
        span=Span.CUT_OFF,
    ),
    Figure(
        "rooms.signed",
        "有标牌的活动室",
        "个",
        "统计截止日在用的活动室中，最近一次检查有标牌的；没有检查过的不算。",
        kinds.ROOM,
        groups.rooms_signed,
        span=Span.CUT_OFF,
    ),
    Figure(
        "rooms.rules",
        "制度上墙的活动室",
        "个",
        "统计截止日在用的活动室中，最近一次检查制度已上墙的；没有检查过的不算。",
        kinds.ROOM,
        groups.rooms_with_rules,
        span=Span.CUT_OFF,
    ),
)
FIGURES_OF_ONE = (
    Figure(
        "group.county",
        "小组的县人大代表",
        "名",
        "统计截止日在该小组、并且在任的县人大代表。",
        kinds.MEMBER,
        _members(Level.COUNTY),
        span=Span.CUT_OFF,
        about=groups.groups,
    ),
    Figure(
        "group.town",
        "小组的乡镇人大代表",
        "名",
        "统计截止日在该小组、并且在任的乡镇人大代表。",
        kinds.MEMBER,
        _members(Level.TOWN),
        span=Span.CUT_OFF,
        about=groups.groups,
    ),
    Figure(
        "group.villages",
        "小组覆盖的村（社区）",
        "个",
        "统计截止日划给该小组的村和社区。",
        kinds.VILLAGE,
        _villages_of_group,
        span=Span.CUT_OFF,
        about=groups.groups,
    ),
)
FACTS = (
    Figure(
        "township",
        "乡镇的规定",
        "",
        "乡镇概况中登记的每月接待日等规定。",
        kinds.TOWNSHIP,
        _town,
        span=Span.UNDATED,
    ),
    Figure(
        "report.period",
        "统计期",
        "",
        "报告从哪一天统计到哪一天，在报告的设置中登记。",
        kinds.REPORT,
        _report,
    ),
    Figure(
        "group",
        "代表小组",
        "",
        "代表小组成立的日期和覆盖的村。",
        kinds.GROUP,
        lambda scope, pk: _groups(scope).filter(pk=pk),
        span=Span.CUT_OFF,
        about=groups.groups,
    ),
    Figure(
        "room",
        "活动室",
        "",
        "活动室的名称和地点。",
        kinds.ROOM,
        lambda scope, pk: groups.rooms(scope).filter(pk=pk),
        span=Span.CUT_OFF,
        about=groups.rooms,
    ),
)
