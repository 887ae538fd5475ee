"""What is attached to a report, in print: its texts, and the tables that the records fill.

No table names a voter. Widths are in characters, 28 to a line.
"""

from collections.abc import Callable
from datetime import date
from itertools import groupby

from django.db.models import Count, Q

from congress.models import BallotScales
from congress.numerals import full_date, month_day, ordinal
from groups.models import Attendance, Post
from reports.figures import activities, duty, feedback, groups, institution
from reports.models import AnnualReport, ReportAttachment
from reports.proof.figure import Span
from reports.proof.table import FigureRow, figure_rows
from reports.scope import Scope
from reports.structure import Attachment, Table
from voters.models import FeedbackItem
from voters.states import State

Content = ReportAttachment.Content
FIGURES = "数据表"
NOTHING = "—"


def attachments_of(report: AnnualReport, scope: Scope) -> tuple[Attachment, ...]:
    """In their order; the table of all figures, where it is wanted, comes last."""
    made = [_made(attachment, scope) for attachment in report.attachments.all()]
    return (*made, *([figure_table(scope)] if report.has_figure_table else []))


def _made(attachment: ReportAttachment, scope: Scope) -> Attachment:
    lines = tuple(line.strip() for line in attachment.text.splitlines() if line.strip())
    table = TABLES.get(attachment.content)
    return Attachment(attachment.title, lines, (table(scope),) if table else ())


def figure_table(scope: Scope) -> Attachment:
    """Every figure with its definition, that of the year before, and the change."""
    usual = {span.in_words(scope) for span in (Span.PERIOD, Span.CUT_OFF)}
    tables = [
        Table(
            ("指标", "数值", "上年同期", "比上年", "含义"),
            tuple(_figure(row, usual) for row in rows),
            (6, 4, 4, 3, 11),
            frozenset({1, 2, 3}),
            subject,
        )
        for subject, rows in groupby(figure_rows(scope), key=lambda row: row.subject)
    ]
    days = f"{full_date(scope.first)}至{full_date(scope.last)}"
    note = f"统计时间为{days}，代表、小组等为截止当日的情况；另有注明的除外。"
    return Attachment(FIGURES, (note,), tuple(tables))


def _figure(row: FigureRow, usual: set[str]) -> tuple[str, ...]:
    period = "" if row.period in usual else f"（{row.period}）"
    counts = map(_in_a_narrow_column, (row.value, row.before))
    return row.name, *counts, row.change, f"{row.definition}{period}"


def _in_a_narrow_column(value: str) -> str:
    """Of a rate the two counts stand below: 84.4%, 27/32."""
    return value.replace("（", "\n").removesuffix("）")


def _groups(scope: Scope) -> Table:
    kind = institution.institution_figures(scope).kind
    numbers = {group.pk: group for group in groups.group_figures(scope).groups}
    found = groups.with_people_and_places(groups.groups(scope), scope).order_by("ordinal")
    return Table(
        ("组别", "组长", "副组长", "联系员", "县代表", f"{kind}代表", "覆盖村", "活动室"),
        tuple(_group(group, numbers[group.pk]) for group in found),
        (3, 3, 3, 3, 3, 3, 5, 5),
        frozenset({4, 5}),
    )


def _group(group, numbers) -> tuple[str, ...]:
    officers = {each.post: each.person_name for each in group.officers}
    return (
        ordinal(group.ordinal),
        *(officers.get(post, "暂缺") for post in (Post.LEADER, Post.VICE_LEADER, Post.LIAISON)),
        str(numbers.county),
        str(numbers.town),
        "、".join(each.village.name for each in group.covered) or NOTHING,
        "、".join(room.place for room in group.rooms_now) or NOTHING,
    )


def _activities(scope: Scope) -> Table:
    """Those of the period, with who was expected and who came."""
    found = activities.in_period(scope).select_related("group")
    statuses = (
        activities.attended(found)
        .values("activity")
        .annotate(
            expected=Count("pk"), present=Count("pk", filter=Q(status=Attendance.Status.PRESENT))
        )
    )
    township = institution.institution_figures(scope).congress
    came = {row["activity"]: row for row in statuses.order_by()}
    rows = []
    for each in found:
        numbers = came.get(each.pk, {})
        rows.append(
            (
                _day(each.date, scope),
                each.get_kind_display(),
                each.title,
                str(each.group) if each.group_id else township,
                *(str(numbers.get(key, NOTHING)) for key in ("expected", "present")),
            )
        )
    headings = ("日期", "类型", "名称", "组织者", "应到", "实到")
    return Table(headings, tuple(rows), (4, 4, 10, 4, 3, 3), frozenset({4, 5}))


def _duty_reports(scope: Scope) -> Table:
    """Those held in the period, with their votes."""
    held = duty.done(scope).select_related("mandate__delegate", "mandate__constituency")
    grades = tuple(BallotScales.load().of(scope.year).words[:3])
    rows = tuple(
        (
            each.mandate.delegate.name,
            each.mandate.constituency.name,
            _day(each.held_on, scope),
            *map(
                str,
                (
                    each.ballots_valid,
                    each.satisfied,
                    each.basically_satisfied,
                    each.dissatisfied,
                ),
            ),
        )
        for each in held.order_by("held_on", "pk")
    )
    headings = ("代表", "选区", "述职日期", "有效票", *grades)
    return Table(headings, rows, (4, 6, 4, 3, 3, 4, 4), frozenset({3, 4, 5, 6}))


def _items(scope: Scope) -> Table:
    """How far each item had come by the cut-off; of what, not of whom."""
    found = feedback.items(scope).with_state_on(scope.last).select_related("topic", "lead_unit")
    rows = tuple(
        (
            each.number,
            each.topic.name,
            each.lead_unit.name if each.lead_unit_id else NOTHING,
            *(_day(day, scope) for day in (each.assigned_on, each.replied_on)),
            _result(each, scope),
        )
        for each in found.order_by("number")
    )
    headings = ("编号", "类别", "主办单位", "交办日期", "答复日期", "办理结果")
    return Table(headings, rows, (5, 5, 6, 4, 4, 4))


def _result(item: FeedbackItem, scope: Scope) -> str:
    """已解决或基本解决; without an answer by then the state it had reached."""
    if item.outcome and item.replied_on and item.replied_on <= scope.last:
        return item.get_outcome_display().partition(" ")[2]
    return str(State(item.state_on).label)


def _day(day: date | None, scope: Scope) -> str:
    """As of the cut-off; in another year than the report's with its year."""
    if day is None or day > scope.last:
        return NOTHING
    return month_day(day) if day.year == scope.year else day.isoformat()


TABLES: dict[str, Callable[[Scope], Table]] = {
    Content.GROUPS: _groups,
    Content.ACTIVITIES: _activities,
    Content.DUTY_REPORTS: _duty_reports,
    Content.ITEMS: _items,
}
