"""What waits of work evaluations: results to be told, 整改 and 复评 that come due."""

import datetime
from collections.abc import Iterable

from django.urls import reverse

from congress import roles
from congress.models import User
from congress.todo import Sample, Todo, todo_source

from .models import UnitEvaluation
from .unit_results import SOON

SHOWN = 5


@todo_source
def waiting_evaluations(user: User, day: datetime.date) -> Iterable[Todo]:
    """The office's, a leader's group's; of a unit its own 整改."""
    if roles.handles_items(user):
        own = UnitEvaluation.objects.visible_to(user).to_rectify().order_by("rectify_by", "pk")
        yield _todo("评议整改未完成", own, day, "rectify_by", reverse("evaluation_mine"), "整改")
        return
    if not roles.edits_group_work(user):
        return
    seen = UnitEvaluation.objects.visible_to(user)
    untold = seen.untold().filter(activity__date__year__gte=day.year - 1)
    address = reverse("unitevaluation_list")
    yield _todo(
        "评议结果未报送或未反馈",
        untold.order_by("activity__date", "pk"),
        day,
        "",
        f"{address}?state=untold",
        "报送党委、政府，反馈被评议单位",
    )
    yield _todo(
        "评议整改未完成",
        seen.to_rectify().order_by("rectify_by", "pk"),
        day,
        "rectify_by",
        f"{address}?state=rectify",
        "督促整改，登记整改情况",
    )
    yield _todo(
        "待复评",
        seen.awaiting_second_vote().order_by("second_vote_by", "pk"),
        day,
        "second_vote_by",
        f"{address}?state=second",
        "组织复评，登记票数",
    )


def _todo(label: str, waiting, day: datetime.date, term: str, address: str, advice: str) -> Todo:
    """``term`` is the field of the day by which it has to be done; empty where there is none."""
    urgency = ""
    if term and waiting.filter(**{f"{term}__lt": day}).exists():
        urgency = "overdue"
    elif not term or waiting.filter(**{f"{term}__lte": day + SOON}).exists():
        urgency = "due-soon"

    def samples() -> list[Sample]:
        return [
            Sample(
                str(each.unit),
                f"期限{getattr(each, term)}" if term else f"{each.activity.date}测评",
                address if address == reverse("evaluation_mine") else each.get_absolute_url(),
            )
            for each in waiting.select_related("unit", "activity")[:SHOWN]
        ]

    return Todo(label, waiting.count(), address, urgency, advice, measure="个", samples=samples)
