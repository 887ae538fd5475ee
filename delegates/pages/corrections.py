"""更正申请: all of them for who keeps the records, the own ones for a delegate."""

import django_filters
from django.urls import reverse
from django.utils import timezone

from congress import roles
from congress.periods import today
from congress.record_pages import RecordFilter, RecordPages
from congress.record_views import RecordAdd
from congress.tables import Column
from delegates.forms.corrections import MISSING, CorrectionForm
from delegates.models import CorrectionRequest


class CorrectionAdd(RecordAdd):
    """Only for who has a file; the page names the year whose file it is about."""

    def is_allowed(self, user):
        return asks(user)

    def said(self, form):
        return "已提交更正申请，等待人大办公室办理；结果会列在“待办”中。"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        year, shown = today().year, context["form"].given_year
        earlier = [each for each in range(year, year - 3, -1) if each != shown]
        return context | {"title": "申请更正", "earlier": earlier}


def asks(user) -> bool:
    """Whether the account belongs to a person with a duty file."""
    return roles.may_be_delegate(user) and hasattr(user, "delegate")


def _at(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


class CorrectionRequestFilter(RecordFilter):
    search_fields = ("delegate__name", "subject", "wrong", "right")
    state = django_filters.ChoiceFilter(choices=CorrectionRequest.State.choices, label="状态")
    year = django_filters.NumberFilter("year", label="年度")


class CorrectionRequestPages(RecordPages):
    model = CorrectionRequest
    form_class = CorrectionForm
    filter_class = CorrectionRequestFilter
    select_related = ("delegate", "decided_by")
    measure = "件"
    without = frozenset({"edit", "delete"})
    views = {"add": CorrectionAdd}
    columns = (
        Column("代表", "delegate.name", ("delegate__name",), width=14),
        Column("档案部分", "part_title", ("part",), width=18),
        Column("哪条记录", lambda request: request.subject or MISSING, width=36),
        Column("年度", "year", ("year",), minor=True),
        Column("申请时间", lambda request: _at(request.asked_at), ("asked_at",), width=18),
        Column(
            "状态",
            "get_state_display",
            ("state",),
            state_class=lambda request: request.state_class,
        ),
    )
    facts = (
        ("delegate.name", "代表"),
        ("year", "年度"),
        "part_title",
        (lambda request: request.subject or MISSING, "哪条记录"),
        "wrong",
        "right",
        (lambda request: _at(request.asked_at), "申请时间"),
        "state",
        (
            lambda request: (
                request.decided_by and f"{request.decided_by.name}，{_at(request.decided_at)}"
            ),
            "办理",
        ),
        "answer",
        (lambda request: _at(request.read_at), "代表知悉"),
    )

    @staticmethod
    def may_read(user):
        return roles.keeps_records(user) or roles.may_be_delegate(user)

    @staticmethod
    def may_edit(user):
        return asks(user)

    @classmethod
    def empty_words(cls, user):
        if asks(user):
            return "没有更正申请。发现履职档案中的记录不对，可以申请更正。"
        return "没有更正申请。代表在自己的履职档案中发现记录不对时提出。"

    @classmethod
    def facts_of(cls, request, user):
        """What has not come yet is left out."""
        later = {"办理", "办理说明", "代表知悉"}
        return [
            (label, value)
            for label, value in super().facts_of(request, user)
            if value or label not in later
        ]

    @classmethod
    def buttons(cls, request, user):
        found = []
        if roles.keeps_records(user):
            if request.address:
                found.append(("打开这条记录", request.address))
            if request.is_waiting:
                found += [
                    ("已更正", reverse("correctionrequest_correct", args=[request.pk])),
                    ("不予更正", reverse("correctionrequest_refuse", args=[request.pk])),
                ]
        elif request.is_waiting:
            found.append(("撤回申请", reverse("correctionrequest_withdraw", args=[request.pk])))
        return found

    @classmethod
    def related(cls, request, user):
        return {"may_acknowledge": request.is_unread and request.delegate.account_id == user.pk}
