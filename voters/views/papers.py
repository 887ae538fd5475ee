"""The paper of the reception day: notices and their announcement, poster, sheets, registers."""

from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.cells import FIRST_YEAR, LAST_YEAR
from congress.fields import number_sent
from congress.models import Township
from congress.paper import disclosed_paper, paper
from congress.periods import today
from congress.roles import edits_group_work, keeps_records, require_keeper
from groups.models import DelegateGroup
from voters import papers, registers
from voters.forms.papers import AnnounceForm
from voters.models import ReceptionDay, Visit
from voters.notices import days_short

from .records import StepView


def _days(user):
    """Those whose paper this user may print: the office all, leaders the own group's."""
    if not edits_group_work(user):
        raise PermissionDenied
    days = ReceptionDay.objects.visible_to(user)
    return days.exclude(state=ReceptionDay.State.CANCELLED)


@require_safe
def day_notice(request, pk: int):
    """公告 of one group's day; with ?all=1 of all groups of that date the user may print."""
    days = _days(request.user)
    day = get_object_or_404(days.select_related("group"), pk=pk)
    if "all" in request.GET:
        chosen = days.filter(date=day.date)
        name = f"{day.date:%Y-%m-%d}接待选民日公告"
    else:
        chosen = days.filter(pk=pk)
        name = f"{day.date:%Y-%m-%d}{day.group}接待选民日公告"
    chosen = papers.with_duties(chosen).order_by("group__ordinal", "pk")

    def make(township):
        whose = "人大代表" if "all" in request.GET else day.group
        return papers.notice(chosen, township, f"{township.name}{whose}接待选民日公告")

    return paper(request, name, make, day.get_absolute_url())


@require_safe
def month_notice(request, year: int, month: int):
    days = _days(request.user).filter(date__year=year, date__month=month)
    days = list(papers.with_duties(days).order_by("date", "group__ordinal", "pk"))
    if not days:
        raise Http404

    def make(township):
        title = f"{township.name}{year}年{month}月人大代表接待选民日公告"
        return papers.notice(days, township, title)

    return paper(request, f"{year}年{month}月接待选民日公告", make, reverse("reception_papers"))


@require_safe
def group_poster(request, pk: int, year: int):
    days = _days(request.user).filter(group=pk, date__year=year)
    group = get_object_or_404(DelegateGroup.objects.visible_to(request.user), pk=pk)
    days = papers.with_duties(days).order_by("date", "pk")
    return paper(
        request,
        f"{year}年{group}接待选民日安排",
        lambda township: papers.poster(group, year, days, township),
        reverse("reception_papers"),
    )


@require_safe
def sign_in_sheet(request, pk: int):
    day = get_object_or_404(papers.with_duties(_days(request.user)), pk=pk)
    return paper(
        request,
        f"{day.date:%Y-%m-%d}{day.group}签到表",
        lambda township: papers.sign_in_sheet(day, township),
        day.get_absolute_url(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def day_register(request, pk: int):
    require_keeper(request.user)
    day = get_object_or_404(registers.with_visits(_days(request.user), request.user), pk=pk)
    return disclosed_paper(
        request,
        f"{day.date:%Y-%m-%d}{day.group}接待登记簿",
        lambda township, disclosure: registers.day_register(day, township, disclosure),
        day.get_absolute_url(),
        count=len(day.visits.all()),
        subject=day,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def year_register(request, year: int):
    """Of all groups, or with ?group= of one."""
    require_keeper(request.user)
    days = _days(request.user).filter(date__year=year, state=ReceptionDay.State.HELD)
    group = None
    if request.GET.get("group"):
        group = get_object_or_404(DelegateGroup, pk=number_sent(request.GET["group"]))
        days = days.filter(group=group)
    days = registers.with_visits(days.order_by("date", "group__ordinal", "pk"), request.user)
    return disclosed_paper(
        request,
        f"{year}年{group or ''}接待登记簿",
        lambda township, disclosure: registers.year_register(
            days, year, group, township, disclosure
        ),
        reverse("reception_papers", query={"year": year}),
        count=Visit.objects.visible_to(request.user).filter(day__in=days).count(),
    )


@require_safe
def reception_papers(request):
    """A year's notices by month, posters and registers by group."""
    days = _days(request.user)
    year = number_sent(request.GET.get("year"))
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        year = today().year
    township = Township.current()
    months, groups = defaultdict(list), {}
    of_year = days.filter(date__year=year).select_related("group")
    for day in of_year.order_by("date", "group__ordinal", "pk"):
        months[day.date.month].append(day)
        groups[day.group_id] = day.group
    context = {
        "title": f"{year}年公告与登记簿",
        "crumbs": [("接待选民日", reverse("receptionday_list"))],
        "year": year,
        "years": (year - 1, year + 1),
        "months": [
            (month, of_month, _planned(of_month), _warning(of_month, township))
            for month, of_month in sorted(months.items())
        ],
        "groups": sorted(groups.values(), key=lambda group: (group.term_id, group.ordinal)),
        "keeps_records": keeps_records(request.user),
    }
    return render(request, "voters/reception_papers.html", context)


def _planned(days: list[ReceptionDay]) -> list[ReceptionDay]:
    return [day for day in days if day.state == ReceptionDay.State.PLANNED and day.date >= today()]


def _warning(days: list[ReceptionDay], township: Township) -> str:
    waiting = _planned(days)
    return days_short(waiting[0].date, today(), township) if waiting else ""


class AnnounceDay(StepView):
    """标为已公告: asked once more, with the notice at hand."""

    form_class = AnnounceForm
    label = "标为已公告"

    def get_template_names(self):
        return ["voters/announce_form.html"]

    def get(self, request, *args, **kwargs):
        day = self.get_object()
        if day.state != ReceptionDay.State.PLANNED:
            messages.error(request, f"{day}现在是“{day.state_words}”，不能公告。")
            return HttpResponseRedirect(day.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        """From the page of a year's papers all days of the month are meant."""
        return {"scope": self.request.GET.get("scope", "")}

    def said(self, form):
        announced = form.announced
        if len(announced) == 1:
            return f"{announced[0]}已标为已公告。"
        return f"{len(announced)}次接待已标为已公告。"

    def get_context_data(self, **kwargs):
        township = Township.current()
        return super().get_context_data(**kwargs) | {
            "day": self.object,
            "warning": days_short(self.object.date, today(), township),
        }
