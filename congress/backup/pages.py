"""The page of the backups: which there are, which were proved, what to do next."""

from django.utils import timezone

from congress import roles
from congress.models import BackupCheck
from congress.record_pages import RecordFilter, RecordPages
from congress.record_views import RecordList
from congress.tables import Column

from .record import MAKE, freshness

COLOURS = {
    BackupCheck.Result.NONE: "",
    BackupCheck.Result.GOOD: "done",
    BackupCheck.Result.FAULTY: "overdue",
}


def _moment(at) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _made(check: BackupCheck) -> str:
    return _moment(check.made_at)


def _verified(check: BackupCheck) -> str:
    return _moment(check.verified_at)


def _size(check: BackupCheck) -> str:
    return f"{check.size / 1e6:.1f}MB"


class BackupFilter(RecordFilter):
    search_fields = ("name", "sha256")

    class Meta:
        model = BackupCheck
        fields = ["result"]


class BackupList(RecordList):
    def get_context_data(self, **kwargs):
        return super().get_context_data(backup=freshness(), **kwargs)


class BackupPages(RecordPages):
    model = BackupCheck
    filter_class = BackupFilter
    measure = "份"
    may_read = staticmethod(roles.watches_backups)
    may_edit = staticmethod(lambda user: False)
    without = frozenset({"add", "edit", "delete"})
    views = {"list": BackupList}
    when_empty = MAKE
    columns = (
        Column("备份时间", _made, ("made_at",), width=18),
        Column(
            "核验结果",
            "get_result_display",
            ("result",),
            state_class=lambda check: COLOURS[check.result],
        ),
        Column("核验时间", _verified, ("verified_at",), width=18),
        Column("大小", _size, ("size",), minor=True),
        Column("文件名", "name", ("name",), width=50, minor=True),
    )
    facts = (
        (_made, "备份时间"),
        "name",
        (_size, "大小"),
        "sha256",
        "log_head",
        "result",
        (_verified, "核验时间"),
        "words",
    )
