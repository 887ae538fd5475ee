"""What happened in a group: who came, went and took a post, villages and rooms, day by day."""

import datetime
from dataclasses import dataclass

from .models import ActivityRoom, DelegateGroup, GroupVillage, Membership, Post


@dataclass(frozen=True)
class Event:
    day: datetime.date
    words: str


def history_of(group: DelegateGroup) -> list[Event]:
    """The newest first; what happened on one day stands together."""
    found = [Event(group.start, "小组成立")]
    if group.end:
        found.append(Event(group.end, "小组撤销"))
    found += _of_members(group)
    coverage = GroupVillage.objects.filter(group=group).select_related("village")
    for each in coverage:
        found += _span(each, f"{each.village}划入", f"{each.village}划出")
    for room in ActivityRoom.objects.filter(group=group):
        reason = f"（{room.end_reason}）" if room.end_reason else ""
        found += _span(room, f"{room}启用，设在{room.place}", f"{room}停用{reason}")
    return sorted(found, key=lambda event: event.day, reverse=True)


def _of_members(group: DelegateGroup) -> list[Event]:
    """A stretch that follows another without a gap is a change of post, no coming and going."""
    memberships = list(
        Membership.objects.filter(group=group)
        .select_related("mandate__delegate", "group")
        .order_by("start", "pk")
    )
    begins = {(each.mandate_id, each.start) for each in memberships if each.mandate_id}
    ends = {(each.mandate_id, each.end): each for each in memberships if each.mandate_id}
    found, joined = [], {}
    for each in memberships:
        before = ends.get((each.mandate_id, each.start)) if each.mandate_id else None
        if before is None:
            joined.setdefault((each.start, each.get_post_display()), []).append(each.person_name)
        elif before.post != each.post:
            words = f"由{before.get_post_display()}改任{each.get_post_display()}"
            found.append(Event(each.start, f"{each.person_name}{words}"))
        if each.end and (each.mandate_id is None or (each.mandate_id, each.end) not in begins):
            found.append(Event(each.end, f"{each.person_name}（{each.get_post_display()}）离开"))
    for (day, post), names in joined.items():
        as_what = f"，任{post}" if post != Post.MEMBER.label else ""
        found.append(Event(day, f"{'、'.join(dict.fromkeys(names))}加入{as_what}"))
    return found


def _span(record, begins: str, ends: str) -> list[Event]:
    events = [Event(record.start, begins)]
    return [*events, Event(record.end, ends)] if record.end else events
