"""接待登记簿: what was brought forward on one reception day, or in a year."""

from collections.abc import Iterable

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string

from congress.disclosure import Disclosure
from congress.models import Township, User
from congress.pdf import render_pdf
from congress.privacy import without_personal_numbers
from groups.models import DelegateGroup
from voters.models import FeedbackItem, ReceptionDay, Visit
from voters.papers import turn_of


def with_visits(days, user: User):
    """Days with all that their registers show this user: so many queries, however many days.

    ``closed_visits`` counts those told in confidence to others.
    """
    items = FeedbackItem.objects.select_related("lead_unit").order_by("pk")
    visits = (
        Visit.objects.visible_to(user)
        .select_related("village")
        .prefetch_related(Prefetch("items", items))
        .order_by("pk")
    )
    closed = Visit.objects.closed_to(user).filter(day=OuterRef("pk")).order_by().values("day")
    closed = Coalesce(Subquery(closed.annotate(rows=Count("pk")).values("rows")), 0)
    return (
        days.select_related("group")
        .annotate(closed_visits=closed)
        .prefetch_related("duties__mandate__delegate", Prefetch("visits", visits))
    )


def _entries(day: ReceptionDay, township: Township, *, in_full: bool) -> dict:
    visits = list(day.visits.all())
    for visit in visits:
        visit.voter_printed = visit.voter_name if in_full else visit.voter_masked
        visit.phone_printed = visit.phone if in_full else visit.phone_masked
        if not in_full:
            visit.words = visit.words_masked
            visit.answer = without_personal_numbers(visit.answer)
    return {
        "day": day,
        "turn": turn_of(day, township),
        "visits": visits,
        "persons": sum(visit.persons for visit in visits),
        "items": sum(len(visit.items.all()) for visit in visits),
    }


def day_register(
    day: ReceptionDay, township: Township, disclosure: Disclosure | None = None
) -> bytes:
    """Voters and their numbers masked, unless their disclosure was asked for with a reason."""
    entries = _entries(day, township, in_full=disclosure is not None)
    context = {"township": township, "disclosure": disclosure, **entries}
    return render_pdf(render_to_string("voters/papers/day_register.html", context))


def year_register(
    days: Iterable[ReceptionDay],
    year: int,
    group: DelegateGroup | None,
    township: Township,
    disclosure: Disclosure | None = None,
) -> bytes:
    """All days of the year that were held, of one group or of all; a day without visitors too."""
    entries = [_entries(day, township, in_full=disclosure is not None) for day in days]
    context = {
        "disclosure": disclosure,
        "township": township,
        "year": year,
        "group": group,
        "entries": entries,
        "visits": sum(len(entry["visits"]) for entry in entries),
        "closed_visits": sum(entry["day"].closed_visits for entry in entries),
        "persons": sum(entry["persons"] for entry in entries),
        "items": sum(entry["items"] for entry in entries),
    }
    return render_pdf(render_to_string("voters/papers/year_register.html", context))
