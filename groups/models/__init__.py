"""Delegate groups, their members and rooms, plan and activities."""

from .activities import (
    Activity,
    ActivityFile,
)
from .attendance import Attendance
from .chain import Finding, FollowUp, Recommendation, Transmission
from .division import Division, DivisionGroup, DivisionMember, DivisionVillage
from .leave import LeaveRequest
from .membership import (
    OFFICERS,
    DelegateGroup,
    GroupVillage,
    Membership,
    Post,
)
from .plan import PlanItem
from .plan_history import PlanChange, PlanIssue
from .plan_templates import PlanTemplate, PlanTemplateItem
from .publication import Publication, PublicSheet
from .rooms import (
    ActivityRoom,
    RoomCheck,
    RoomCheckFile,
    RoomItem,
    RoomResult,
    Standard,
)
from .roster import RosterColumn

__all__ = [
    "OFFICERS",
    "Activity",
    "ActivityFile",
    "ActivityRoom",
    "Attendance",
    "DelegateGroup",
    "Division",
    "DivisionGroup",
    "DivisionMember",
    "DivisionVillage",
    "Finding",
    "FollowUp",
    "GroupVillage",
    "LeaveRequest",
    "Membership",
    "PlanChange",
    "PlanIssue",
    "PlanItem",
    "PlanTemplate",
    "PlanTemplateItem",
    "Post",
    "PublicSheet",
    "Publication",
    "Recommendation",
    "RoomCheck",
    "RoomCheckFile",
    "RoomItem",
    "RoomResult",
    "RosterColumn",
    "Standard",
    "Transmission",
]
