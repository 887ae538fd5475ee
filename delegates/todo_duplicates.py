"""Who may be recorded twice: for the office to look at."""

import datetime
from collections.abc import Iterable
from itertools import islice

from django.urls import reverse

from congress.models import User
from congress.roles import keeps_records
from congress.todo import Sample, Todo, todo_source

from .duplicates.rules import pairs, proposals
from .todo import SHOWN


@todo_source
def alike_persons(user: User, day: datetime.date) -> Iterable[Todo]:
    if not keeps_records(user):
        return
    found = pairs()
    yield Todo(
        "疑似重复的代表",
        len(found),
        reverse("duplicates"),
        "due-soon",
        "逐对比较：是同一人的合并，不是的点“不是同一人”，以后不再提示。",
        "对",
        samples=lambda: [
            Sample(
                f"{each.one}、{each.other}",
                "；".join(each.reasons),
                reverse("delegate_merge", args=[each.one.pk, each.other.pk]),
            )
            for each in proposals(islice(found.items(), SHOWN))
        ],
    )
