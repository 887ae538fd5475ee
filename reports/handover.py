"""交接: what the successor takes over, drawn from the records of that day.

The same sections stand on the page and on paper: who is who, what is open, what was promised, what
comes next. ``CHECKLIST`` names what no record holds and what is handed over by hand.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from congress.models import User
from congress.periods import holds_on
from congress.privacy import without_personal_numbers
from congress.roles import Role
from congress.tables import in_words
from groups.chain import recommendation_state
from groups.models import DelegateGroup, Membership, PlanItem, Post, Recommendation
from groups.plan import remaining, state_of, unfinished, with_progress
from groups.reply_terms import ReplyTerm
from reports.models import AnnualReport
from voters.models import (
    Bill,
    BillState,
    Commitment,
    DutyReport,
    FeedbackItem,
    HandlingUnit,
    ReceptionDay,
)

#: Those whose accounts belong to the office's work; delegates stand in the roster.
OFFICE_ROLES = (Role.SECRETARY, Role.OFFICE, Role.CHAIR, Role.LEADER, Role.UNIT, Role.AUDITOR)

CHECKLIST = (
    "印章、介绍信、代表证空白证件",
    "纸质台账、来访登记簿、会议记录、签到表、测评票及计票单",
    "文件柜、档案室、活动室钥匙",
    "备份的存放处，最近一次核验备份的日期；已在接交人在场时恢复核验",
    "服务器、域名和证书的管理单位、联系人、到期日",
    "PERSONAL_DATA_KEY、BACKUP_KEY的保管人（密钥不写在本表上）",
    "移交人的账号自交接之日起停用，接交人用自己的账号登录",
    "承办单位、代表小组、县人大的联系方式已当面说明",
    "尚未入账的事项已当面说明，并已登记",
)


@dataclass(frozen=True)
class Section:
    title: str
    headings: tuple[str, ...]
    values: list[tuple[str, ...]]
    #: Said where there is nothing to list.
    when_empty: str

    @property
    def rows(self) -> list[list[tuple[str, str]]]:
        """Each value with its heading."""
        return [list(zip(self.headings, row, strict=True)) for row in self.values]


def handover(user: User, day: datetime.date) -> list[Section]:
    """What stands open on that day, as far as this user may see it."""
    return [make(user, day) for make in _SECTIONS]


def _section(title: str, headings: str, when_empty: str, called_by: str = ""):
    """The function gives rows of values; the section puts them into words.

    Numbers inside them are masked but in the column ``called_by``: those of the units.
    """
    names = headings.split()

    def shown(row: tuple) -> tuple[str, ...]:
        words = zip(names, map(in_words, row), strict=True)
        return tuple(
            text if name == called_by else without_personal_numbers(text) for name, text in words
        )

    def declare(rows: Callable[[User, datetime.date], Iterable[tuple]]):
        def make(user: User, day: datetime.date) -> Section:
            return Section(title, tuple(names), [*map(shown, rows(user, day))], when_empty)

        _SECTIONS.append(make)
        return rows

    return declare


_SECTIONS: list[Callable[[User, datetime.date], Section]] = []


@_section("账号", "姓名 角色 用户名 最近登录", "没有启用的账号。")
def accounts(user, day):
    for account in User.objects.filter(is_active=True, role__in=OFFICE_ROLES).order_by("role"):
        last = account.last_login
        day_of_last = last and timezone.localtime(last).date()
        yield account.name, account.get_role_display(), account.username, day_of_last


@_section("代表小组负责人", "小组 姓名 职务 任职起", "当日没有代表小组。")
def leaders(user, day):
    posts = Membership.objects.filter(
        holds_on(day), group__in=DelegateGroup.objects.visible_to(user)
    ).exclude(post=Post.MEMBER)
    for each in posts.select_related("group", "mandate__delegate").order_by("group", "start", "pk"):
        yield each.group, each.person_name, each.get_post_display(), each.start


@_section("承办单位", "单位 联系人 电话 未办结", "没有承办单位。", called_by="电话")
def units(user, day):
    waiting = FeedbackItem.objects.visible_to(user).waiting()
    open_of = dict(waiting.order_by().values_list("lead_unit").annotate(number=Count("pk")))
    for unit in HandlingUnit.objects.order_by("name"):
        yield unit.name, unit.contact, unit.phone, open_of.get(unit.pk, 0)


@_section("未办结的意见建议和代表建议", "编号 标题 主办单位 状态 期限", "没有未办结的。")
def open_items(user, day):
    items = FeedbackItem.objects.visible_to(user).waiting().with_clock(day)
    for item in items.select_related("lead_unit").order_by("registered_on", "pk"):
        late = "（逾期）" if item.clock == "overdue" else ""
        deadline = f"{in_words(item.deadline)}{late}"
        yield item.number, item.title, item.lead_unit, item.get_state_display(), deadline


@_section("答复时的承诺", "承诺 期限 意见编号 主办单位", "没有未落实的承诺。")
def commitments(user, day):
    promised = Commitment.objects.open().filter(item__in=FeedbackItem.objects.visible_to(user))
    for each in promised.select_related("item__lead_unit").order_by("due_on", "pk"):
        yield each.text, each.due_on, each.item.number, each.item.lead_unit


@_section("没有落实的视察、检查建议", "活动 建议 建议对象 情况", "没有未落实的建议。")
def recommendations(user, day):
    State = Recommendation.State
    lines = Recommendation.objects.visible_to(user).with_state(day, ReplyTerm.current())
    lines = lines.filter(state__in=(State.UNSENT, State.OPEN, State.OVERDUE), item=None)
    for line in lines.select_related("activity").order_by("activity__date", "position", "pk"):
        yield line.activity, line.text, line.addressee, recommendation_state(line)[0]


@_section("年度计划未完成的项目", "项目 月份 组织者 完成 还差 进度", "本年度计划没有未完成的项目。")
def plan(user, day):
    items = with_progress(PlanItem.objects.visible_to(user).filter(year=day.year), day)
    for item in unfinished(items).select_related("group").order_by("first_month", "number"):
        done = f"{item.done}/{item.planned_count}"
        left, state = remaining(item), state_of(item, day).words
        yield item.title, f"{item.months}月", item.group or "本级人大", done, left, state


@_section("待举行的接待日", "日期 小组 状态", "没有排定的接待日。")
def reception_days(user, day):
    for each in ReceptionDay.objects.visible_to(user).coming(day).select_related("group"):
        yield each.date, each.group, each.state_words


@_section("待述职的代表", "代表 计划月份", "没有待述职的代表。")
def duty_reports(user, day):
    awaited = DutyReport.objects.visible_to(user).awaited(day).filter(year__lte=day.year)
    for each in awaited.select_related("mandate__delegate"):
        yield each.mandate.delegate.name, f"{each.year}年{each.planned_month}月"


@_section("没有处理完的议案", "会议 编号 案由 状态", "没有待处理的议案。")
def bills(user, day):
    visible = Bill.objects.visible_to(user).select_related("session__term").order_by("pk")
    for state in (BillState.RECEIVED, BillState.ON_AGENDA):
        for bill in visible.in_state(state):
            yield bill.session, bill.number, bill.title, state.label


@_section("工作报告", "报告 统计截至 状态", "没有起草中的报告。")
def annual_reports(user, day):
    reports = AnnualReport.objects.visible_to(user).exclude(state=AnnualReport.State.SIGNED)
    for report in reports.select_related("group", "session").order_by("-year", "pk"):
        yield report, report.cut_off, report.get_state_display()
