"""The units evaluated, on the page of their activity."""

from congress.models import User
from congress.record_sections import Section, add_section
from congress.roles import keeps_records
from groups.models import Activity

from .unit_results import ActivityResults


def _context(activity: Activity, user: User) -> dict | None:
    if activity.kind != Activity.Kind.EVALUATION:
        return None
    return {"results": ActivityResults.of(activity), "may_edit": keeps_records(user)}


add_section(Activity, Section("voters/_evaluation_section.html", _context))
