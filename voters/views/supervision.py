"""督办: the items the chair has an eye on, with what was said about each."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import render
from django.urls import reverse

from congress.periods import today
from congress.privacy import texts_shown_to
from congress.roles import reads_all
from congress.tables import KeyPaginator
from voters.actions import Standing
from voters.models import FeedbackItem, FeedbackStep

#: Entries of the trail that belong to the supervision of an item.
SAID = ("supervise", "comment", "remind", "record")
OFFERED = ("comment", "remind", "lift")
PAGE_SIZE = 50


def supervised_items(request):
    if not reads_all(request.user):
        raise PermissionDenied
    day = today()
    said = FeedbackStep.objects.filter(kind__in=SAID).select_related("user")
    items = (
        FeedbackItem.objects.visible_to(request.user)
        .supervised()
        .with_clock(day)
        .select_related("lead_unit", "topic")
        .prefetch_related(Prefetch("steps", said, to_attr="said"))
    )
    page = KeyPaginator(items, PAGE_SIZE).get_page(request.GET.get("page"))
    standing = Standing(request.user, page)
    for item in page:
        texts_shown_to(request.user, item.said, "note")
    rows = [(item, (day - item.supervised_on).days, _offered(standing, item)) for item in page]
    context = {
        "title": "督办",
        "rows": rows,
        "page_obj": page,
        "is_paginated": page.has_other_pages(),
    }
    return render(request, "voters/supervised.html", context)


def _offered(standing: Standing, item: FeedbackItem) -> list[tuple[str, str]]:
    return [
        (step.label, reverse(f"feedbackitem_{step.name}", args=[item.pk]))
        for step in standing.next_steps(item)
        if step.name in OFFERED
    ]
