"""Lists and details of reception days and visits."""

from django.urls import reverse

from congress import roles
from congress.models import Township
from congress.periods import next_day_of_month, today
from congress.privacy import text_shown_to, texts_shown_to
from congress.reasons import ReasonForm
from congress.record_pages import RecordPages
from congress.tables import Column
from voters.calendar import reception_hours
from voters.filters import ReceptionDayFilter, VisitFilter
from voters.forms import ReceptionDayForm, VisitForm, VisitNoteForm
from voters.masking import searchable_voter, voter_shown_to
from voters.models import FeedbackItem, ReceptionDay, Unavailability, Visit
from voters.views.reception import ReceptionDayAdd, ReceptionDayEdit
from voters.views.visits import VisitAdd, VisitEdit

from .counting import in_confidence_to_others, number_of, told_in_confidence
from .day_papers import notice_warning, papers_of


def _duty_words(day: ReceptionDay) -> str:
    return "、".join(duty.mandate.delegate.name for duty in day.duties.all())


def informed_names(visit: Visit) -> str:
    """知情人员; where nobody of them can log in any more the secretary is one."""
    names = visit.informed.filter(is_active=True).order_by("name", "pk")
    return "、".join(names.values_list("name", flat=True)) or "人大秘书"


class ReceptionDayPages(RecordPages):
    model = ReceptionDay
    form_class = ReceptionDayForm
    filter_class = ReceptionDayFilter
    select_related = ("group",)
    prefetch_related = ("duties__mandate__delegate",)
    measure = "次"
    may_read = staticmethod(roles.reads_group_work)
    when_empty = "还没有接待安排。可以逐次添加，也可以从台账导入。"
    views = {"add": ReceptionDayAdd, "edit": ReceptionDayEdit}
    columns = (
        Column("日期", "date", ("date",)),
        Column("代表小组", "group", ("group__ordinal",), width=18),
        Column("状态", "state_words", ("state",), state_class=lambda day: day.state_class),
        Column("接待代表", _duty_words, width=24),
        Column("来访", "visit_count", ("visit_count",), numeric=True, minor=True),
        Column("地点", "place", ("place",), width=24, minor=True),
        Column("原定日期", "original_date", ("original_date",), minor=True),
    )
    facts = (
        "date",
        "original_date",
        "group",
        "place",
        "hours",
        ("state_words", "状态"),
        "no_visitors",
        "note",
    )

    @classmethod
    def may_change(cls, user, day):
        return super().may_change(user, day) and day.closed_at is None

    @classmethod
    def visible_to(cls, user):
        """With as many visits as the day's page lists."""
        visits = Visit.objects.visible_to(user)
        return super().visible_to(user).annotate(visit_count=number_of(visits, "day"))

    @classmethod
    def set_aside(cls, request):
        days = cls.filter_for(request.user)(
            request.GET, cls.visible_to(request.user), request=request
        )
        closed = Visit.objects.closed_to(request.user).filter(day__in=days.qs.values("pk"))
        return in_confidence_to_others(closed, VisitPages.measure)

    @classmethod
    def facts_of(cls, day, user):
        """The hours are the township's where the day has none of its own."""
        usual = {"时间": reception_hours()}
        return [(label, value or usual.get(label)) for label, value in super().facts_of(day, user)]

    @classmethod
    def initial(cls, request):
        following = next_day_of_month(today(), Township.current().reception_day)
        return {"date": following} | super().initial(request)

    @classmethod
    def related(cls, day, user):
        visits = VisitPages.with_related(VisitPages.visible_to(user).filter(day=day))
        items = FeedbackItem.objects.visible_to(user).with_clock(today()).filter(visit__day=day)
        return {
            "duties": day.duties.all(),
            "gone": {duty.pk for duty in day.duties.out_of_office()},
            "away": {away.delegate_id for away in Unavailability.objects.of_duties(day)},
            "may_arrange": roles.keeps_records(user) and day.state in ReceptionDay.STILL_OPEN,
            "may_fix": roles.keeps_records(user) and day.state == ReceptionDay.State.PLANNED,
            "papers": papers_of(day, user),
            "notice_warning": notice_warning(day),
            "events": day.events.select_related("user"),
            "visits": visits.order_by("pk"),
            "closed_visits": Visit.objects.closed_to(user).filter(day=day).count(),
            "items": items.select_related("topic", "lead_unit").order_by("pk"),
        }

    @classmethod
    def buttons(cls, day, user):
        if not roles.keeps_records(user):
            return []
        if day.closed_at:
            return [("重新登记", reverse("receptionday_reopen", args=[day.pk]))]
        buttons = []
        if day.takes_visits(today()):
            buttons += [
                ("接待台", reverse("desk_day", args=[day.pk])),
                ("结束登记", reverse("receptionday_close", args=[day.pk])),
            ]
        if day.state in ReceptionDay.STILL_OPEN:
            steps = [("move", "改期"), ("cancel", "取消接待")]
            if day.date <= today():
                steps.insert(0, ("hold", "标为已举行"))
            buttons += [
                (label, reverse(f"receptionday_{step}", args=[day.pk])) for step, label in steps
            ]
        return buttons


class VisitPages(RecordPages):
    model = Visit
    form_class = VisitForm
    filter_class = VisitFilter
    select_related = ("day__group", "village")
    prefetch_related = ("received_by__delegate",)
    measure = "次来访"
    may_read = staticmethod(roles.reads_group_work)
    when_empty = "还没有来访登记。接待选民时当场登记，也可以从台账导入。"
    views = {"add": VisitAdd, "edit": VisitEdit}
    columns = (
        Column("登记号", "number", ("number",)),
        Column("接待日期", "day.date", ("day__date",)),
        Column("代表小组", "day.group", ("day__group__ordinal",), width=18),
        Column("来访人", "voter_masked", ("voter_name",)),
        Column("村", "village", ("village__position",)),
        Column("人数", "persons", ("persons",), numeric=True, width=8),
        Column("方式", "get_channel_display", ("channel",), width=8, minor=True),
        Column("反映内容", "words", width=50),
        Column("电话", "phone_masked", width=14, minor=True),
        Column("意见", "item_count", ("item_count",), numeric=True, width=8, minor=True),
    )

    full_columns = tuple(
        {
            "来访人": Column("来访人", "voter_name"),
            "电话": Column("电话", "phone", width=14),
        }.get(column.heading, column)
        for column in columns
    )

    @classmethod
    def may_change(cls, user, visit):
        return super().may_change(user, visit) and visit.day.closed_at is None

    @classmethod
    def visible_to(cls, user):
        return super().visible_to(user).annotate(voter_searched=searchable_voter(user))

    @classmethod
    def set_aside(cls, request):
        return told_in_confidence(cls, request, Visit.objects.set_aside_for(request.user))

    @classmethod
    def with_related(cls, visits):
        return (
            super()
            .with_related(visits)
            .annotate(item_count=number_of(FeedbackItem.objects.all(), "visit"))
        )

    @classmethod
    def facts_of(cls, visit, user):
        return [
            ("登记号", visit.number),
            ("接待日", f"{visit.day} · {visit.day.place}"),
            ("接待代表", "、".join(one.delegate.name for one in visit.received_by.all())),
            ("来访人", voter_shown_to(user, visit)),
            ("村", str(visit.village)),
            ("电话", visit.phone_masked),
            ("来访人数", f"{visit.persons}人"),
            ("来访方式", visit.get_channel_display()),
            ("要求保密", "是" if visit.confidential else "否"),
            ("知情人员", informed_names(visit) if visit.confidential else ""),
            ("反映内容", text_shown_to(user, visit.words)),
            ("当场答复", text_shown_to(user, visit.answer)),
        ]

    @classmethod
    def buttons(cls, visit, user):
        address = reverse("visit_informed", args=[visit.pk])
        return [("知情人员", address)] if visit.confidential else []

    @classmethod
    def related(cls, visit, user):
        items = FeedbackItem.objects.visible_to(user).with_clock(today()).filter(visit=visit)
        return {
            "items": items.select_related("topic", "lead_unit").order_by("pk"),
            "notes": texts_shown_to(user, visit.notes.select_related("user"), "text"),
            "note_form": VisitNoteForm(user=user) if roles.keeps_records(user) else None,
            "reveal_form": ReasonForm() if visit.phone and roles.sees_voter_contact(user) else None,
            "reveals": visit.reveals.select_related("user", "unit")
            if roles.sees_voter_contact(user)
            else [],
        }
