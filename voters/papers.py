"""The paper of the reception day, as HTML for the renderer: notice, poster, sign-in sheet, forms.

Each sheet comes in several settings, the roomiest first; the renderer takes the first that holds.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string

from congress.models import Township
from congress.numerals import full_date, weekday
from congress.pdf import page_count, render_pdf, render_within_pages
from congress.periods import holds_on, today
from congress.qr_code import qr_code
from groups.models import DelegateGroup, Membership, Post
from voters.models import BlankForm, Channel, ReceptionDay, ReceptionDuty, Topic

#: From roomy to tight, see static/css/papers.css.
SETTINGS = range(6)
#: A table that needs several pages anyhow stays legible.
_OVER_PAGES = (0, 1, 2, 3, 1)
#: Empty lines of a sign-in sheet beyond those on duty.
_SPARE_LINES = 2


@dataclass(frozen=True)
class Turn:
    """One reception day as it is told to the voters."""

    date: datetime.date
    group: DelegateGroup
    hours: str
    place: str
    names: tuple[str, ...]
    is_moved: bool

    @property
    def date_words(self) -> str:
        return f"{full_date(self.date)}（{weekday(self.date)}）"

    @property
    def short_date(self) -> str:
        return f"{self.date.month}月{self.date.day}日"

    @property
    def weekday(self) -> str:
        return weekday(self.date)


def with_duties(days):
    """Joined with what a turn shows."""
    return days.select_related("group").prefetch_related("duties__mandate__delegate")


def turn_of(day: ReceptionDay, township: Township) -> Turn:
    """Those who were absent in the end are no longer on the sheet."""
    return Turn(
        day.date,
        day.group,
        day.hours or township.reception_hours,
        day.place,
        tuple(
            duty.mandate.delegate.name
            for duty in day.duties.all()
            if duty.status != ReceptionDuty.Status.ABSENT
        ),
        day.is_moved,
    )


def _one_page(template: str, context: dict, settings: Iterable[int] = SETTINGS) -> bytes:
    """The PDF of a sheet in the roomiest setting that holds on one page, else in the last one."""
    return render_within_pages((_html(template, context, each) for each in settings), 1)


def _html(template: str, context: dict, setting: int) -> str:
    return render_to_string(f"voters/papers/{template}.html", context | {"fit": setting})


def notice(days: Iterable[ReceptionDay], township: Township, title: str) -> bytes:
    """公告 of one day, or of several in a table; dated on the day it was or is issued."""
    days = list(days)
    turns = [turn_of(day, township) for day in days]
    context = {
        "township": township,
        "title": title,
        "turns": turns,
        "same_date": turns[0] if len({turn.date for turn in turns}) == 1 else None,
        "issued": _date_of_issue(days),
    }
    return _one_page("notice", context, SETTINGS if len(days) == 1 else _OVER_PAGES)


def _date_of_issue(days: list[ReceptionDay]) -> str:
    """The day of the notice, today for one that is to come; left open where nobody noted it."""
    announced = [day.announced_on for day in days if day.announced_on]
    if announced:
        return full_date(max(announced))
    first = min(day.date for day in days)
    return full_date(today()) if today() <= first else f"{first.year}年　月　日"


def privacy_notice(township: Township) -> bytes:
    """个人信息处理告知书, for the desk and the wall."""
    return _one_page("privacy_notice", {"township": township, "issued": full_date(today())})


def poster(
    group: DelegateGroup, year: int, days: Iterable[ReceptionDay], township: Township
) -> bytes:
    """The year of one group, for the wall of its room."""
    turns = [turn_of(day, township) for day in days]
    context = {
        "township": township,
        "group": group,
        "year": year,
        "turns": turns,
        "place": _the_same(turn.place for turn in turns),
        "hours": _the_same(turn.hours for turn in turns),
    }
    return _one_page("poster", context)


def _the_same(values: Iterable[str]) -> str:
    """What all say alike; empty where they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def liaison_on(group: DelegateGroup, day: datetime.date) -> str:
    """Name of the group's liaison that day, delegate or staff."""
    held = Membership.objects.filter(holds_on(day), group=group, post=Post.LIAISON)
    liaison = held.select_related("mandate__delegate").first()
    return liaison.person_name if liaison else ""


def sign_in_sheet(day: ReceptionDay, township: Township) -> bytes:
    turn = turn_of(day, township)
    liaison = liaison_on(day.group, day.date)
    context = {
        "township": township,
        "turn": turn,
        "liaison": "" if liaison in turn.names else liaison,
        "spare": range(_SPARE_LINES),
    }
    return _one_page("sign_in", context)


@dataclass(frozen=True)
class NumberedForm:
    number: str
    code: str


def registration_forms(
    forms: Iterable[BlankForm],
    day: ReceptionDay | None,
    township: Township,
    address_of: Callable[[BlankForm], str],
) -> bytes:
    """接待选民登记表, a page each; the code holds the form's address."""
    sheets = [NumberedForm(form.number, qr_code(address_of(form))) for form in forms]
    context = {
        "township": township,
        "forms": sheets,
        "turn": turn_of(day, township) if day else None,
        "topics": Topic.objects.in_use(),
        "channels": Channel.labels,
    }
    # All look like the first one, which is set alone: fifty would be set again and again.
    for chosen in SETTINGS:
        first = render_pdf(_html("form", context | {"forms": sheets[:1]}, chosen))
        if page_count(first) == 1:
            break
    return first if len(sheets) == 1 else render_pdf(_html("form", context, chosen))
