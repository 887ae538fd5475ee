"""The auditor's pages: the log with filters and export, an entry with its values."""

import datetime
from urllib.parse import urlencode

import django_filters
from django.apps import apps
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from congress import audit, roles
from congress.models import AuditEntry
from congress.record_pages import RecordFilter, RecordPages
from congress.record_views import RecordList
from congress.roles import Role
from congress.tables import Column

from .wording import account_of, content_of, kind_of_record, lines_of

#: More rows make no table that anybody reads; the archive command has no limit.
MOST_EXPORTED = 100_000
ALARMING = {AuditEntry.Kind.FAILURE, AuditEntry.Kind.LOCK, AuditEntry.Kind.REFUSAL}


def moment_of(entry: AuditEntry) -> str:
    return f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"


def alarms_since(day: datetime.date) -> dict:
    """How often somebody was refused from that day on, and the address that lists it."""
    count = AuditEntry.objects.filter(kind__in=ALARMING, at__date__gte=day).count()
    query = urlencode({"first": day.isoformat(), "alarming": "true"})
    return {"alarms": count, "alarms_address": f"{reverse('auditentry_list')}?{query}"}


def kinds_of_record() -> list[tuple[str, str]]:
    """What an entry may tell of: every kind of record of this program."""
    rooms = ("congress", "delegates", "groups", "voters", "reports")
    return sorted(
        (model._meta.label_lower, str(model._meta.verbose_name))
        for room in rooms
        for model in apps.get_app_config(room).get_models()
    )


class AuditFilter(RecordFilter):
    search_fields = ("words", "reason", "username", "name", "address", "subject_key")
    first = django_filters.DateFilter("at", "date__gte", label="自")
    last = django_filters.DateFilter("at", "date__lte", label="至")
    kind = django_filters.ChoiceFilter(choices=AuditEntry.Kind.choices, label="事项")
    role = django_filters.ChoiceFilter(choices=Role.choices, label="角色")
    alarming = django_filters.ChoiceFilter(
        choices=[("true", "只看登录失败、锁定、拒绝访问")], method="only_alarming", label="异常"
    )
    subject_type = django_filters.ChoiceFilter(choices=kinds_of_record, label="对象类别")

    class Meta:
        model = AuditEntry
        fields = []

    def only_alarming(self, entries, name, value):
        return entries.filter(kind__in=ALARMING)


class AuditList(RecordList):
    def get_queryset(self):
        entries = super().get_queryset()
        return entries if self.sorted_by else entries.order_by("-at", "-id")

    def workbook(self):
        count = self.get_queryset().count()
        if count > MOST_EXPORTED:
            messages.error(
                self.request,
                f"符合条件的有{count}条，一次最多导出{MOST_EXPORTED}条，请缩小日期范围后再导出。",
            )
            query = self.request.GET.copy()
            query.pop("export")
            return HttpResponseRedirect(f"{self.request.path}?{query.urlencode()}")
        audit.note(audit.Kind.EXPORT, f"导出审计日志{count}条")
        return super().workbook()


class AuditPages(RecordPages):
    model = AuditEntry
    filter_class = AuditFilter
    may_read = staticmethod(roles.reads_log)
    may_edit = staticmethod(lambda user: False)
    without = frozenset({"add", "edit", "delete"})
    views = {"list": AuditList}
    when_empty = "还没有日志。"
    columns = (
        Column("时间", moment_of, ("at",), width=20),
        Column(
            "事项",
            "get_kind_display",
            ("kind",),
            state_class=lambda entry: "overdue" if entry.kind in ALARMING else "",
        ),
        Column("账号", account_of, ("username",), width=20),
        Column("来源地址", "address", ("address",), width=16, minor=True),
        Column("内容", content_of, width=50),
        Column("事由", "reason", width=30, minor=True),
    )
    facts = (
        (moment_of, "时间"),
        "kind",
        (account_of, "账号"),
        (lambda entry: Role(entry.role).label if entry.role in Role else "", "角色"),
        "address",
        (kind_of_record, "对象类别"),
        "subject_key",
        (content_of, "内容"),
        "reason",
    )

    @classmethod
    def related(cls, entry, user):
        """Keys stay keys: the auditor reads who changed what, not the office's records."""
        return {"lines": lines_of([entry], {})[0]}
