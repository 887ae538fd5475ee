"""What in groups forbids that two persons become one: a person is in one group at a time."""

from collections.abc import Iterable

from delegates.duplicates.moving import Conflict, Plan, merge_check, span_words
from delegates.duplicates.twins import overlap

from .models import Membership


@merge_check
def one_group_at_a_time(plan: Plan) -> Iterable[Conflict]:
    """Two mandates are in one group; one mandate has one post in it."""
    memberships = Membership.objects.select_related("group", "mandate__delegate").order_by("pk")
    theirs = list(memberships.filter(mandate__in=plan.theirs))
    ours = list(memberships.filter(mandate__in=plan.ours)) if theirs else []
    stays = {double.pk: mandate.pk for mandate, double in plan.doubles}
    known = {frozenset(conflict.rows) for conflict in plan.conflicts}
    for one in ours:
        for other in theirs:
            is_same = stays.get(other.mandate_id) == one.mandate_id
            fits = one.group_id == other.group_id and (one.post == other.post or not is_same)
            if fits or not overlap(one, other) or frozenset((one, other)) in known:
                continue
            yield Conflict(
                f"小组成员：{one.person_name}{_words(one)}，{other.person_name}{_words(other)}，"
                "同一时间只能在一个小组、任一个职务。请先改正其中一条的小组、职务或起止日期，再合并。",
                (one, other),
            )


def _words(membership: Membership) -> str:
    return f"{span_words(membership)}在{membership.group}任{membership.get_post_display()}"
