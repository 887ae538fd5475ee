"""What can be printed for a reception day, and whether its notice is late."""

from django.urls import reverse

from congress.models import Township
from congress.periods import today
from congress.roles import edits_group_work, keeps_records
from voters.models import ReceptionDay
from voters.notices import days_short


def papers_of(day: ReceptionDay, user) -> list[tuple[str, str]]:
    """(label, address) of the paper this user may print, and of what goes with it."""
    if day.state == ReceptionDay.State.CANCELLED or not edits_group_work(user):
        return []
    notice = reverse("receptionday_notice", args=[day.pk])
    papers = [("公告", notice), ("签到表", reverse("receptionday_sign_in", args=[day.pk]))]
    if keeps_records(user):
        papers.insert(1, ("当日各组公告", f"{notice}?all=1"))
        if day.state == ReceptionDay.State.PLANNED and day.date >= today():
            papers.insert(2, ("标为已公告", reverse("receptionday_announce", args=[day.pk])))
        if day.closed_at is None:
            papers.append(("空白登记表", reverse("form_batches", query={"day": day.pk})))
        if day.date <= today():
            register = reverse("receptionday_register", args=[day.pk])
            papers += [("登记簿", register), ("登记簿（含姓名、电话）", f"{register}?full=1")]
    return papers


def notice_warning(day: ReceptionDay) -> str:
    """One sentence while a day that is not announced comes too near; else empty."""
    if day.state != ReceptionDay.State.PLANNED:
        return ""
    return days_short(day.date, today(), Township.current())
