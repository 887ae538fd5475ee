"""What waits in the loop of feedback items, and for whom: each queue is one queryset.

The to-do list, the list's filter 待办 and the reminders by e-mail use the same.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.db.models import Exists, OuterRef, QuerySet

from congress.models import Township, User
from congress.roles import Role, handles_items, is_delegate, keeps_records, leads_group
from voters.models import Commitment, FeedbackStep, HandlingUnit
from voters.states import AWAITING_ANSWER, IN_HAND, State

Select = Callable[[QuerySet, User, datetime.date], QuerySet]


class Reminds(Enum):
    """On which days a queue is brought to mind by e-mail."""

    NEVER = "never"
    BEFORE = "before the deadline, and on it"
    AFTER = "after the deadline, again and again"
    PROMISE = "before the day of a promise, and on it"
    ASSIGNMENT = "the day after the assignment"


@dataclass(frozen=True)
class Queue:
    """``select`` narrows the items a user may see to those that wait here on a day."""

    key: str
    label: str
    advice: str
    urgency: str
    whose: Callable[[User], bool]
    select: Select
    reminds: Reminds = Reminds.NEVER


def _in_state(*states: State) -> Select:
    return lambda items, user, day: items.filter(state__in=states)


def _overdue(items, user, day):
    return items.overdue(day)


def _due_soon(items, user, day):
    return items.due_soon(day)


def _led(select: Select) -> Select:
    """Of those the user's units lead; a co-unit does not answer."""

    def own(items, user, day):
        units = HandlingUnit.objects.filter(accounts=user)
        return select(items.filter(lead_unit__in=units), user, day)

    return own


def _asked_for_time(items, user, day):
    return items.filter(asked_until__isnull=False)


def _reminded(items, user, day):
    reminded = FeedbackStep.objects.filter(item=OuterRef("pk"), kind="remind")
    return items.filter(Exists(reminded), state__in=[*IN_HAND, State.REOPENED])


def _promised(items, user, day):
    """Commitments whose day has come or is near, also of items long closed."""
    soon = day + datetime.timedelta(days=Township.current().remind_before_days)
    due = Commitment.objects.open().filter(due_on__lte=soon)
    return items.filter(pk__in=due.values("item"))


def _rejected_untold(items, user, day):
    return items.filter(state=State.REJECTED, voter_told_on__isnull=True, voter_untold_reason="")


def _supervised(items, user, day):
    return items.filter(supervised_on__isnull=False).exclude(state=State.CLOSED)


def _newly_answered(items, user, day):
    """Answered, and not all told: who received the voter may say so."""
    return items.filter(state=State.REPLIED)


def _is_chair(user: User) -> bool:
    return user.role == Role.CHAIR


def _keeps_or_leads(user: User) -> bool:
    return keeps_records(user) or leads_group(user)


def _office_or_chair(user: User) -> bool:
    return keeps_records(user) or _is_chair(user)


def _sees_deadlines(user: User) -> bool:
    return _office_or_chair(user) or leads_group(user)


QUEUES = {
    queue.key: queue
    for queue in (
        Queue(
            "overdue",
            "逾期未答复",
            "请催办，或办理延期。",
            "overdue",
            _sees_deadlines,
            _overdue,
            Reminds.AFTER,
        ),
        Queue(
            "own_overdue",
            "已逾期",
            "请尽快答复。",
            "overdue",
            handles_items,
            _led(_overdue),
            Reminds.AFTER,
        ),
        Queue(
            "supervised",
            "督办中",
            "请查看办理进展。",
            "due-soon",
            _office_or_chair,
            _supervised,
        ),
        Queue(
            "due_soon",
            "将到期",
            "请提醒承办单位。",
            "due-soon",
            _sees_deadlines,
            _due_soon,
            Reminds.BEFORE,
        ),
        Queue(
            "own_due_soon",
            "将到期",
            "请按期答复。",
            "due-soon",
            handles_items,
            _led(_due_soon),
            Reminds.BEFORE,
        ),
        Queue(
            "reminded", "被催办", "请答复或说明进展。", "due-soon", handles_items, _led(_reminded)
        ),
        Queue(
            "returned",
            "被退回，待改办",
            "请改交其他单位，或仍由原单位办理。",
            "due-soon",
            keeps_records,
            _in_state(State.RETURNED),
        ),
        Queue(
            "extension",
            "申请延期，待批",
            "请同意或不同意延期。",
            "due-soon",
            keeps_records,
            _asked_for_time,
        ),
        Queue(
            "promised",
            "承诺到期",
            "请核实承诺是否落实。",
            "due-soon",
            keeps_records,
            _promised,
            Reminds.PROMISE,
        ),
        Queue(
            "to_assign",
            "待交办",
            "请确定承办单位和期限。",
            "",
            keeps_records,
            _in_state(State.REGISTERED),
        ),
        Queue(
            "to_sign",
            "待签收",
            "请签收；不属于本单位职责的，请在期限内退回。",
            "in-hand",
            handles_items,
            _led(_in_state(State.ASSIGNED)),
            Reminds.ASSIGNMENT,
        ),
        Queue(
            "to_answer",
            "待答复",
            "请办理并答复。",
            "in-hand",
            handles_items,
            _led(_in_state(State.SIGNED, State.HANDLING)),
        ),
        Queue(
            "unsigned",
            "已交办，待签收",
            "请联系承办单位签收。",
            "in-hand",
            keeps_records,
            _in_state(State.ASSIGNED),
        ),
        Queue(
            "own_reopened",
            "重新办理",
            "对答复不满意，请重新办理并再次答复。",
            "in-hand",
            handles_items,
            _led(_in_state(State.REOPENED)),
        ),
        Queue(
            "reopened",
            "重新办理",
            "请跟进第二次答复。",
            "in-hand",
            _sees_deadlines,
            _in_state(State.REOPENED),
        ),
        Queue(
            "to_tell",
            "已答复，待告知",
            "请告知代表小组和选民；代表建议告知代表。",
            "in-hand",
            _keeps_or_leads,
            _in_state(State.REPLIED),
        ),
        Queue(
            "rejected_untold",
            "不予受理，待告知选民",
            "请告知选民并说明去向。",
            "in-hand",
            keeps_records,
            _rejected_untold,
        ),
        Queue(
            "to_close",
            "已告知，待办结",
            "请征询满意度后办结。",
            "in-hand",
            keeps_records,
            _in_state(State.TOLD, State.ON_SPOT),
        ),
        Queue(
            "answered",
            "您接待、提出的意见有了答复",
            "请关注选民是否满意；您提出的建议，请告诉办公室是否满意。",
            "in-hand",
            is_delegate,
            _newly_answered,
        ),
        Queue(
            "awaited",
            "您接待、提出的意见正在办理",
            "可以查看办理进展。",
            "",
            is_delegate,
            _in_state(*AWAITING_ANSWER),
        ),
    )
}


def queues_of(user: User) -> list[Queue]:
    return [queue for queue in QUEUES.values() if queue.whose(user)]
