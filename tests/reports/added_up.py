"""Figures of the groups against those of the township."""

from groups.models import DelegateGroup
from reports.figures import by_key, report_figures

#: Figures of the groups that add up to those of the township, where everybody is in a group.
ADDED_UP = (
    "delegates.county",
    "delegates.town",
    "groups",
    "villages",
    "rooms",
    "rooms.signed",
    "reception.days_held",
    "reception.visits",
    "reception.persons",
    "feedback.items",
    "feedback.replied",
    "feedback.group_told",
    "feedback.voter_told",
    "feedback.closed",
    "feedback.overdue",
    "duty.planned",
    "duty.done",
    "duty.remaining",
    "duty.satisfied",
    "duty.basically",
    "duty.dissatisfied",
    "attendance.expected",
    "attendance.present",
    "attendance.leave",
    "attendance.absent",
)


def assert_groups_add_up(report):
    """Number by number, and no figure of a group counts what the township's does not."""
    scope = report.scope
    groups = DelegateGroup.objects.holding_on(scope.last).order_by("ordinal")
    parts = [by_key(report_figures(scope.of_group(group))) for group in groups]
    whole = by_key(report_figures(scope))

    assert len(parts) > 1
    assert {key: sum(part[key] for part in parts) for key in ADDED_UP} == {
        key: whole[key] for key in ADDED_UP
    }
