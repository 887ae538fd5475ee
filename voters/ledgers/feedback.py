"""Ledger sheets 意见建议 and 单位."""

from collections import defaultdict
from typing import Any

from congress.cells import DAY, LIST, TEXT, Choice
from congress.ledger_plan import Plan
from congress.ledger_tables import Register
from congress.ledgers import Basics
from congress.workbook import Column, Row, Sheet

from ..models import Channel, FeedbackItem, FeedbackStep, HandlingUnit, Topic
from ..states import ANSWERED, FIELDS_BY_STATE, FOLLOWING, Route, State
from .reception import TOLD_TO_OTHERS

OUTCOMES = tuple((value, value) for value in FeedbackItem.Outcome.values)
ITEMS = Sheet(
    "意见建议",
    (
        Column("编号", TEXT, True, "number"),
        Column("登记号", TEXT, True),
        Column("类别", TEXT, True),
        Column("标题", TEXT, True, "title", width=34),
        Column("内容", TEXT, True, "summary", width=40),
        Column("主办单位", TEXT, width=22),
        Column("协办单位", LIST, width=22),
        Column("责任人", TEXT, False, "responsible"),
        Column("交办日期", DAY, False, "assigned_on", width=13),
        Column("办理期限", DAY, False, "due_on", width=13),
        Column("延期至", DAY, False, "extended_to", width=13),
        Column("答复日期", DAY, False, "replied_on", width=13),
        Column("结果类别", Choice(OUTCOMES), False, "outcome", width=11),
        Column("答复内容", TEXT, False, "reply", width=44),
        Column("告知小组日期", DAY, False, "group_told_on", width=15),
        Column("告知选民日期", DAY, False, "voter_told_on", width=15),
        Column("告知方式", Choice(tuple(Channel.choices)), False, "told_by", width=11),
        Column("过程满意度", TEXT, False, "process_satisfaction", width=13),
        Column("结果满意度", TEXT, False, "result_satisfaction", width=13),
        Column("状态", Choice(tuple(State.choices)), True, "state"),
    ),
)
UNITS = Sheet(
    "单位",
    (
        Column("单位名称", TEXT, True, "name", width=26),
        Column("简称", TEXT, True, "short_name"),
        Column("联系人", TEXT, False, "contact"),
        Column("电话", TEXT, False, "phone", width=14),
    ),
)
#: Fields that the table of states asks about and that have no column, and states that need them.
BEYOND = sorted(FIELDS_BY_STATE.keys() - ITEMS.heading_of.keys() - {"lead_unit"})
STATES_BEYOND = set().union(*(FIELDS_BY_STATE[name].filled_in for name in BEYOND))
GRADES = ("过程满意度", "结果满意度")
NO_UNIT = "“单位”表中没有这个单位名称或简称，请核对或先补上。"


def plan_units(plan: Plan) -> Register:
    """Units by name and by short name; no two share either."""
    known = plan.table(HandlingUnit, HandlingUnit.objects.all()).known
    names = Register({unit.name: unit for unit in known})
    owners = {name: unit for unit in known for name in (unit.name, unit.short_name)}
    for row in plan.rows[UNITS.name]:
        if not names.claim(row, "单位名称", row["单位名称"]):
            names.spoiled.add(row["简称"])
            continue
        unit = plan.put(
            row,
            HandlingUnit,
            names.records.get(row["单位名称"]),
            plan.values(row, UNITS),
            UNITS.heading_of,
        )
        names.records[unit.name] = unit
        for heading in ("单位名称", "简称"):
            owner = owners.setdefault(row[heading], unit)
            if owner is not unit:
                row.refuse(heading, f"“{owner.name}”已用这个名称或简称，请换一个。")
    units = Register(owners | names.records)
    units.spoiled = names.spoiled
    return units


def plan_items(
    plan: Plan, basics: Basics, visits: Register, units: Register, closed: dict[str, int]
):
    """``closed``: keys by number of visits of which the user is told nothing."""
    numbers = [row["编号"] for row in plan.rows[ITEMS.name]]
    known = plan.known_by(FeedbackItem.objects.all(), "number", numbers)
    register = Register({item.number: item for item in known})
    through = FeedbackItem.co_units.through
    shared: dict[int, list[Any]] = defaultdict(list)
    for link in plan.known_by(through.objects.all(), "feedbackitem", [item.pk for item in known]):
        shared[link.feedbackitem_id].append(link)
    topics = _Topics(plan)
    headings = ITEMS.heading_of | {"visit": "登记号", "topic": "类别", "lead_unit": "主办单位"}
    headings |= dict.fromkeys([*BEYOND, "route"], "状态")
    following = FeedbackItem.objects.filter(state__in=FOLLOWING, follows__isnull=False)
    leading = set(following.values_list("follows", flat=True))
    plan.table(FeedbackStep)
    closed_keys = set(closed.values())
    closed_items = {item.number for item in known if item.visit_id in closed_keys}
    for row in plan.rows[ITEMS.name]:
        if not register.claim(row, "编号", row["编号"]):
            continue
        if row["编号"] in closed_items or row["登记号"] in closed:
            row.refuse("编号", TOLD_TO_OTHERS)
            continue
        visit = visits.find(row, "登记号", row["登记号"], "“接待登记”表中没有这个登记号，请核对。")
        lead = units.find(row, "主办单位", row["主办单位"], NO_UNIT) if row["主办单位"] else None
        others = [units.find(row, "协办单位", name, NO_UNIT) for name in row["协办单位"]]
        _check_units(row, lead, others)
        _check_grades(row, basics.township.grades)
        item = register.records.get(row["编号"])
        _check_move(row, item, leading)
        if visit is None or row.faulty:
            continue
        values = plan.values(row, ITEMS) | {
            "visit": visit,
            "topic": topics.find(row),
            "lead_unit": lead,
        }
        if item is None and row["延期至"] and row["状态"] != State.REOPENED:
            values["extended_times"] = 1
        if item is None and _was_answered_on_the_spot(row):
            values["route"] = Route.SPOT
        state = item.state if item else ""
        if item is None:
            values["registered_on"] = visit.day.date
        item = plan.put(row, FeedbackItem, item, values, headings)
        links = shared[item.pk] if item.pk else []
        plan.put_list(
            row, "协办单位", through, {"feedbackitem": item}, "handlingunit", links, others
        )
        if item.state != state:
            plan.add(
                FeedbackStep(
                    item=item,
                    user=plan.user,
                    from_state=state,
                    to_state=item.state,
                    kind="import",
                )
            )


def _check_move(row: Row, item: FeedbackItem | None, leading: set[int]):
    """What the ledger has no columns for is done in the program, with its trail."""
    state = State(row["状态"])
    if item is not None and item.state == state:
        return
    if state in STATES_BEYOND:
        row.refuse(
            "状态",
            "台账没有这种状态所需的栏目。请先按登记或交办导入，再在该条意见建议的页面上办理。",
        )
    elif item is not None and _holds_more_than(item, state):
        row.refuse(
            "状态",
            f"该条现为“{item.get_state_display()}”，不能由台账改变状态，请在该条的页面上办理。",
        )
    elif item is not None and item.pk in leading and state in (*ANSWERED, State.REJECTED):
        row.refuse("状态", "有其他意见建议并入该条，请在该条的页面上答复，以便一并答复。")


def _holds_more_than(item: FeedbackItem, state: State) -> bool:
    """Whether the item has what it must not have in that state and no column can empty."""
    return any(
        state in FIELDS_BY_STATE[name].empty_in and getattr(item, name) not in (None, "")
        for name in BEYOND
    )


def _was_answered_on_the_spot(row: Row) -> bool:
    """An answer without any assignment."""
    assignment = ("主办单位", "责任人", "交办日期", "办理期限")
    return bool(row["答复日期"] and not any(row[heading] for heading in assignment))


class _Topics:
    """Topics by name; one that was merged stands for the topic it went into."""

    def __init__(self, plan: Plan):
        self.plan = plan
        topics = plan.table(Topic, Topic.objects.all()).known
        by_pk = {topic.pk: topic for topic in topics}
        self.by_name = {}
        for topic in topics:
            target, steps = topic, len(topics)
            while target.merged_into_id and steps:
                target, steps = by_pk[target.merged_into_id], steps - 1
            self.by_name[topic.name] = target
        self.last = max((topic.position for topic in topics), default=0)

    def find(self, row: Row) -> Topic:
        name = row["类别"]
        if name not in self.by_name:
            self.last += 1
            topic = self.plan.add(Topic(name=name, position=self.last))
            self.plan.check(row, topic, ["name"], {"name": "类别"})
            self.by_name[name] = topic
        return self.by_name[name]


def _check_units(row: Row, lead: HandlingUnit | None, others: list[HandlingUnit | None]):
    if lead and any(other is lead for other in others):
        row.refuse("协办单位", "主办单位不能同时是协办单位，请删去一处。")
    if len({id(other) for other in others if other}) < len([other for other in others if other]):
        row.refuse("协办单位", "同一单位写了两次，请删去一个。")


def _check_grades(row: Row, grades: list[str]):
    for heading in GRADES:
        if row[heading] and row[heading] not in grades:
            row.refuse(heading, f"只能是选民评价口径中的等次：{'、'.join(grades)}。")
    result = row["结果满意度"]
    is_content = row["过程满意度"] != grades[-1] and result == grades[0]
    if row["状态"] == State.REOPENED and is_content:
        row.refuse("结果满意度", f"结果满意度为“{result}”的不应重新办理，请核对。")
