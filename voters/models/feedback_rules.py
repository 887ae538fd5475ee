"""What no feedback item may be, whatever its state; the rules of each state are in ``states``."""

from django.db import models
from django.db.models import F, Q

from voters.states import Route, State, state_constraints

LABELS = {
    "lead_unit": "主办单位",
    "responsible": "责任人",
    "assigned_on": "交办日期",
    "due_on": "办理期限",
    "extended_to": "延期至",
    "signed_on": "签收日期",
    "returned_on": "退回日期",
    "return_kind": "退回原因",
    "escalated_to": "上报至",
    "follows": "主件",
    "asked_until": "申请延期至",
    "replied_on": "答复日期",
    "outcome": "结果类别",
    "reply": "答复内容",
    "group_told_on": "告知小组日期",
    "voter_told_on": "告知选民日期",
    "told_by": "告知方式",
    "process_satisfaction": "过程满意度",
    "result_satisfaction": "结果满意度",
    "group_untold_reason": "未告知小组的理由",
    "voter_untold_reason": "未告知选民的理由",
}


def _rule(name: str, condition: Q, field: str, message: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"feedbackitem_{name}",
        condition=condition,
        violation_error_code=field,
        violation_error_message=message,
    )


FEEDBACK_RULES = [
    _rule(
        "visit_if_source",
        Q(source="visit", visit__isnull=False) | (~Q(source="visit") & Q(visit__isnull=True)),
        "visit",
        "来源为接待选民的须有来访登记；其他来源的留空。",
    ),
    _rule(
        "due_after_assigned",
        Q(due_on__isnull=True) | Q(due_on__gte=F("assigned_on")),
        "due_on",
        "办理期限不能早于交办日期。",
    ),
    _rule(
        "extended_after_due",
        Q(extended_to__isnull=True) | Q(extended_to__gt=F("due_on")),
        "extended_to",
        "延期至须晚于办理期限。",
    ),
    _rule(
        "replied_after_assigned",
        Q(replied_on__isnull=True) | Q(replied_on__gte=F("assigned_on")),
        "replied_on",
        "答复日期不能早于交办日期。",
    ),
    _rule(
        "group_told_after_reply",
        Q(group_told_on__isnull=True) | Q(group_told_on__gte=F("replied_on")),
        "group_told_on",
        "告知小组日期不能早于答复日期。",
    ),
    _rule(
        "voter_told_after_reply",
        Q(voter_told_on__isnull=True) | Q(voter_told_on__gte=F("replied_on")),
        "voter_told_on",
        "告知选民日期不能早于答复日期。",
    ),
    _rule(
        "outcome_known",
        Q(outcome__in=["", "A", "B", "C", "D"]),
        "outcome",
        "结果类别须为A、B、C或D。",
    ),
    _rule("state_known", Q(state__in=State.values), "state", "状态须从列表中选择。"),
    _rule(
        "signed_after_assigned",
        Q(signed_on__isnull=True) | Q(signed_on__gte=F("assigned_on")),
        "signed_on",
        "签收日期不能早于交办日期。",
    ),
    _rule(
        "returned_after_assigned",
        Q(returned_on__isnull=True) | Q(returned_on__gte=F("assigned_on")),
        "returned_on",
        "退回日期不能早于交办日期。",
    ),
    _rule(
        "right_unit_named",
        ~Q(return_kind="not_ours") | Q(right_unit__isnull=False),
        "right_unit",
        "不属于本单位职责的，须写明应由哪个单位办理。",
    ),
    _rule(
        "right_unit_other",
        Q(right_unit__isnull=True) | Q(lead_unit__isnull=True) | ~Q(right_unit=F("lead_unit")),
        "right_unit",
        "应由哪个单位办理，不能填退回的单位自己。",
    ),
    _rule(
        "follows_another",
        Q(follows__isnull=True) | ~Q(follows=F("pk")),
        "follows",
        "不能并入自己，请选另一条意见建议。",
    ),
    _rule(
        "group_told_or_reason",
        Q(group_told_on__isnull=True) | Q(group_untold_reason=""),
        "group_untold_reason",
        "已告知小组的，不再填写未告知的理由。",
    ),
    _rule(
        "voter_told_or_reason",
        Q(voter_told_on__isnull=True) | Q(voter_untold_reason=""),
        "voter_untold_reason",
        "已告知选民的，不再填写未告知的理由。",
    ),
    _rule("route_known", Q(route__in=Route.values), "route", "处理方式须从列表中选择。"),
    _rule(
        "route_of_state",
        Q(state="on_spot", route="spot")
        | Q(state="escalated", route="above")
        | Q(
            state__in=[
                "registered",
                "assigned",
                "signed",
                "handling",
                "returned",
                "merged",
                "suggested",
            ],
            route="unit",
        )
        | Q(state__in=["replied", "told", "closed", "reopened", "rejected"]),
        "route",
        "处理方式与状态不符，请用办理按钮。",
    ),
    _rule(
        "urgency_known",
        Q(urgency__in=["usual", "urgent", "at_once"]),
        "urgency",
        "紧急程度须从列表中选择。",
    ),
    _rule(
        "lead_of_suggestion",
        Q(lead_proposer__isnull=True) | Q(source="delegate"),
        "lead_proposer",
        "只有代表建议才有领衔代表。",
    ),
    _rule(
        "session_of_suggestion",
        Q(session__isnull=True) | Q(source__in=["delegate", "session"]),
        "session",
        "只有代表建议和会议交办的事项才填写提出时的会议。",
    ),
    _rule(
        "recommendation_if_source",
        Q(recommendation__isnull=True) | Q(source__in=["inspection", "delegate"]),
        "recommendation",
        "来自视察建议的，来源须为视察调研或代表建议。",
    ),
    *state_constraints(LABELS),
]
