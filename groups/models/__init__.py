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
    "PlanItem",
    "Post",
    "Recommendation",
    "Transmission",
]
