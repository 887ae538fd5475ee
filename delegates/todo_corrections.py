"""What waits of requests for correction: for the office to decide, for the delegate to read."""

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from congress.models import User
from congress.roles import keeps_records, may_be_delegate
from congress.todo import Sample, Todo, todo_source

from .models import CorrectionRequest
from .todo import SHOWN


@todo_source
def correction_requests(user: User, day: datetime.date) -> Iterable[Todo]:
    if keeps_records(user):
        waiting = CorrectionRequest.objects.waiting()
        yield Todo(
            "更正申请待办理",
            waiting.count(),
            f"{reverse('correctionrequest_list')}?state=asked",
            "due-soon",
            "核对原记录：有误的改正后登记已更正，无误的说明理由。",
            "件",
            samples=lambda: [
                Sample(
                    str(each),
                    f"{timezone.localtime(each.asked_at):%Y-%m-%d}",
                    each.get_absolute_url(),
                )
                for each in waiting.select_related("delegate").order_by("asked_at", "pk")[:SHOWN]
            ],
        )
    elif may_be_delegate(user):
        answered = CorrectionRequest.objects.filter(delegate__account=user).unread()
        yield Todo(
            "更正申请已答复",
            answered.count(),
            reverse("correctionrequest_list"),
            "",
            "打开查看结果，看过后点“知道了”。",
            "件",
            samples=lambda: [
                Sample(
                    each.subject or each.part_title,
                    each.get_state_display(),
                    each.get_absolute_url(),
                )
                for each in answered.order_by("decided_at", "pk")[:SHOWN]
            ],
        )
