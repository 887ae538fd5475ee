"""What this room adds to the page of an activity: what became of its recommendations as items."""

from dataclasses import dataclass

from django.urls import reverse

from congress.models import User
from congress.numerals import full_date
from congress.periods import today
from congress.record_sections import Section, add_section
from congress.roles import handles_items
from groups.models import Activity, Recommendation

from .actions import may_take_up_recommendation
from .models import FeedbackItem


@dataclass(frozen=True)
class TakenUp:
    """One recommendation and the item it became; ``steps`` are its days with their words."""

    line: Recommendation
    item: FeedbackItem | None
    steps: tuple[tuple[str, str], ...]
    #: Where it is taken up; empty for who may not, or where it was.
    take_up: str
    #: It became an item that this user does not see.
    is_hidden: bool = False


def items_from(activity: Activity) -> dict[int, FeedbackItem]:
    """Items by the key of the recommendation they came from."""
    items = FeedbackItem.objects.filter(recommendation__activity=activity).with_clock(today())
    return {item.recommendation_id: item for item in items.select_related("lead_unit")}


def steps_of(item: FeedbackItem) -> tuple[tuple[str, str], ...]:
    """(day, word) of what has been done with an item, in the order it is done."""
    unit = f"交{item.lead_unit}办理" if item.lead_unit else "交办"
    return tuple(
        (full_date(day), word)
        for day, word in (
            (item.registered_on, f"登记为{item.noun}"),
            (item.assigned_on, unit),
            (item.signed_on, "签收"),
            (item.replied_on, "答复"),
            (item.group_told_on, "告知代表小组"),
        )
        if day
    )


def taken_up_of(activity: Activity, user: User) -> dict | None:
    """Context of ``_activity_items.html``: recommendations in their order."""
    lines = list(activity.recommendations.all())
    if not lines:
        return None
    items = items_from(activity)
    shown = FeedbackItem.objects.visible_to(user).filter(recommendation__activity=activity)
    visible = set(shown.values_list("recommendation", flat=True))
    rows = []
    for line in lines:
        item = items.get(line.pk)
        seen = item if line.pk in visible else None
        may = may_take_up_recommendation(user, item)
        rows.append(
            TakenUp(
                line,
                seen,
                steps_of(seen) if seen else (),
                reverse("recommendation_take_up", args=[line.pk]) if may else "",
                is_hidden=bool(item and not seen),
            )
        )
    return {"rows": rows, "paper": reverse("activity_paper", args=[activity.pk])}


@dataclass(frozen=True)
class Origin:
    """The activity whose recommendation an item came from."""

    line: Recommendation
    activity: Activity
    may_open: bool

    @property
    def words(self) -> str:
        return f"{full_date(self.activity.date)}“{self.activity}”"


def origin_of(item: FeedbackItem, user: User) -> Origin | None:
    """Where the item came from; a unit is asked for what it has to do and not told."""
    if not item.recommendation_id or handles_items(user):
        return None
    line = Recommendation.objects.select_related("activity").get(pk=item.recommendation_id)
    may_open = Activity.objects.visible_to(user).filter(pk=line.activity_id).exists()
    return Origin(line, line.activity, may_open)


add_section(Activity, Section("voters/_activity_items.html", taken_up_of))
