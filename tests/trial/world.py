"""The office of the trial, and what its database holds afterwards; run beside the program.

`python -m tests.trial.world fill` prints what the clients need; `check` reads what they sent from
standard input and prints what is wrong, each as a number.
"""

import json
import sys
from collections import Counter

import django

django.setup()

from django.db.models import Count, Model  # noqa: E402
from django.test import Client  # noqa: E402

from congress.audit.verifying import verdict  # noqa: E402
from congress.models import Submission  # noqa: E402
from reports.models import AnnualReport  # noqa: E402
from tests import factory  # noqa: E402
from voters.models import FeedbackItem, FeedbackStep, Visit  # noqa: E402

ITEMS_A_VISIT = 2
SHARED_ITEMS = 3


def fill(clients: int) -> dict:
    factory.make_township()
    village, topic = factory.make_village(), factory.make_topic()
    day = factory.make_reception_day()
    report = AnnualReport.objects.create(
        year=2020, start=factory.day("2020-01-01"), cut_off=factory.day("2020-08-20")
    )
    shared = [
        factory.make_item(factory.make_visit(day, village), state="handling")
        for _ in range(SHARED_ITEMS)
    ]
    return {
        "sessions": [_session(factory.make_user(f"office-{n}")) for n in range(clients)],
        "day": day.pk,
        "received_by": [mandate.pk for mandate in day.on_duty.all()],
        "village": village.pk,
        "topic": topic.pk,
        "unit": factory.make_unit().pk,
        "shared": [item.pk for item in shared],
        "report": f"/reports/{report.year}/report.pdf",
    }


def _session(user) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def check_visits(row: str, acknowledged: dict[str, str]) -> dict:
    """``acknowledged``: the page that the program named, by the voter's name that was sent."""
    visits = Visit.objects.filter(voter_name__startswith=row)
    saved = Counter(visits.values_list("voter_name", flat=True))
    page_of = {visit.voter_name: visit.get_absolute_url() for visit in visits}
    whole = visits.annotate(
        all_items=Count("items", distinct=True),
        told=Count("items__steps__item", distinct=True),
        received=Count("received_by", distinct=True),
    ).filter(all_items=ITEMS_A_VISIT, told=ITEMS_A_VISIT, received__gt=0)
    submitted = set(Submission.objects.values_list("result", flat=True))
    half = set(visits.values_list("pk", flat=True)) - set(whole.values_list("pk", flat=True))
    return {
        "lost": sum(page_of.get(key) != page for key, page in acknowledged.items()),
        "doubled": sum(saved.values()) - len(saved),
        "gaps": _gaps(Visit, "2020-") + _gaps(FeedbackItem, "2020-J"),
        "half": len(half)
        + sum(page not in submitted for page in page_of.values())
        + Submission.objects.filter(result="").count()
        + FeedbackItem.objects.filter(source=FeedbackItem.Source.VISIT, visit=None).count(),
    }


def _gaps(model: type[Model], series: str) -> int:
    numbers = model.objects.filter(number__startswith=series).values_list("number", flat=True)
    used = {int(rest) for number in numbers if (rest := number.removeprefix(series)).isdecimal()}
    return max(used) - len(used)


def check_steps(row: str, acknowledged: dict[str, str]) -> dict:
    """Steps by their note; each counts its item's version up by one."""
    steps = FeedbackStep.objects.filter(note__startswith=row)
    taken = Counter(steps.values_list("note", flat=True))
    by_item = Counter(steps.values_list("item", flat=True))
    return {
        "lost": sum(key not in taken for key in acknowledged),
        "doubled": sum(taken.values()) - len(taken),
        "gaps": 0,
        "half": sum(
            FeedbackItem.objects.get(pk=key).version != 1 + count for key, count in by_item.items()
        ),
    }


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    what = {"fill": fill, "visits": check_visits, "steps": check_steps}[sys.argv[1]]
    answer = what(**asked)
    if sys.argv[1] != "fill":
        # What the command verify_audit says.
        answer["audit"] = len(verdict().findings)
    json.dump(answer, sys.stdout)
