"""On a person's page, for the office: who may be the same one, and merges that can be undone."""

from congress.models import User
from congress.record_sections import Section, add_section
from congress.roles import keeps_records

from .duplicates.rules import like
from .models import Delegate, Merge


def doubles_of(delegate: Delegate, user: User) -> dict | None:
    if not keeps_records(user):
        return None
    found = [
        (each.other if each.one == delegate else each.one, each.reasons) for each in like(delegate)
    ]
    merges = Merge.objects.standing().filter(kept_key=delegate.pk).select_related("by")
    return {"person": delegate, "found": found, "merges": list(merges)}


add_section(Delegate, Section("delegates/_doubles.html", doubles_of))
