"""Delegate groups, their members and rooms, plan and activities."""

from .activities import (
    Activity,
    Attendance,
    Finding,
    FollowUp,
    Recommendation,
    Transmission,
)
from .membership import (
    OFFICERS,
    ActivityRoom,
    DelegateGroup,
    GroupVillage,
    Membership,
    Post,
)
from .plan import PlanItem
from .plan_history import PlanChange, PlanIssue
from .plan_templates import PlanTemplate, PlanTemplateItem

__all__ = [
    "OFFICERS",
    "Activity",
    "ActivityRoom",
    "Attendance",
    "DelegateGroup",
    "Finding",
    "FollowUp",
    "GroupVillage",
    "Membership",
    "PlanChange",
    "PlanIssue",
    "PlanItem",
    "PlanTemplate",
    "PlanTemplateItem",
    "Post",
    "Recommendation",
    "Transmission",
]
