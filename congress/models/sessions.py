"""Sessions of the congress: when and where, what was on the agenda and what came of it."""

from django.db import models
from django.db.models import F, Q

from congress.numerals import ordinal_numeral

from .base import Record
from .institution import Term
from .stored_file import StoredFile

#: Parts the items of an agenda written as text, as in the ledger.
AGENDA_MARK = "、"


def agenda_titles(text: str) -> tuple[str, ...]:
    """The items of an agenda written as text."""
    return tuple(title.strip() for title in text.split(AGENDA_MARK) if title.strip())


class Session(Record):
    """次会议. Its agenda is one text, as in the ledger; ``AgendaItem`` adds to an item of it."""

    class State(models.TextChoices):
        PLANNED = "planned", "计划"
        HELD = "held", "已召开"
        CANCELLED = "cancelled", "取消"

    term = models.ForeignKey(Term, models.PROTECT, verbose_name="届次", related_name="sessions")
    ordinal = models.PositiveSmallIntegerField("次", help_text="本届第几次会议")
    date = models.DateField("日期")
    last_day = models.DateField("结束日期", null=True, blank=True, help_text="会期只有一天的留空")
    opens_at = models.TimeField("开会时间", null=True, blank=True, help_text="如：09:00")
    place = models.CharField("地点", max_length=100, blank=True)
    presiding = models.CharField(
        "执行主席", max_length=100, blank=True, help_text="主席团中主持会议的，多人以“、”分隔"
    )
    agenda = models.TextField("议程", help_text="各项以“、”分隔")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PLANNED)
    original_date = models.DateField("原定日期", null=True, blank=True)
    moved_because = models.CharField("改期原因", max_length=200, blank=True)
    cancelled_because = models.CharField("取消原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "会议"
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["date", "id"], name="session_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "ordinal"],
                name="session_once_a_term",
                violation_error_message="本届的这次会议已经登记。",
            ),
            models.CheckConstraint(
                name="session_ordinal_positive",
                condition=Q(ordinal__gte=1),
                violation_error_code="ordinal",
                violation_error_message="会议次数须为正整数。",
            ),
            models.CheckConstraint(
                name="session_state_known",
                condition=Q(state__in=["planned", "held", "cancelled"]),
                violation_error_code="state",
                violation_error_message="会议状态须从列表中选择。",
            ),
            models.CheckConstraint(
                name="session_last_day",
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("date")),
                violation_error_code="last_day",
                violation_error_message="结束日期不能早于会议日期。",
            ),
            models.CheckConstraint(
                name="session_moved_because",
                condition=Q(original_date__isnull=True, moved_because="")
                | (Q(original_date__isnull=False) & ~Q(moved_because="")),
                violation_error_code="moved_because",
                violation_error_message="改期的，原定日期和改期原因都要写明；没有改期的都留空。",
            ),
            models.CheckConstraint(
                name="session_cancelled_because",
                condition=Q(cancelled_because="") | Q(state="cancelled"),
                violation_error_code="cancelled_because",
                violation_error_message="只有取消的会议才写取消原因。",
            ),
        ]

    def __str__(self):
        return f"{self.term}人大{ordinal_numeral(self.ordinal)}次会议"

    @property
    def agenda_titles(self) -> tuple[str, ...]:
        return agenda_titles(self.agenda)


class AgendaItem(models.Model):
    """What is known of an item of the agenda beyond its title, found by that title.

    The text of the session says which items there are and in what order, so that page, report and
    ledger never differ.
    """

    class Result(models.TextChoices):
        HEARD = "heard", "已听取"
        ADOPTED = "adopted", "通过"
        REJECTED = "rejected", "未通过"
        ELECTED = "elected", "选举产生"
        DONE = "done", "已完成"
        PUT_OFF = "put_off", "未审议"

    session = models.ForeignKey(
        Session, models.CASCADE, verbose_name="会议", related_name="agenda_items"
    )
    title = models.CharField("议程项目", max_length=200)
    reporter = models.CharField("报告人", max_length=50, blank=True)
    result = models.CharField("结果", max_length=10, choices=Result.choices, blank=True)
    remark = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "议程项目"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "title"],
                name="agendaitem_once",
                violation_error_message="议程中已有这一项。",
            ),
            models.CheckConstraint(
                name="agendaitem_result_known",
                condition=Q(
                    result__in=["", "heard", "adopted", "rejected", "elected", "done", "put_off"]
                ),
                violation_error_code="result",
                violation_error_message="结果须从列表中选择。",
            ),
        ]

    def __str__(self):
        return self.title


class SessionFile(StoredFile):
    """A document of a session: reports, resolutions, minutes."""

    belongs_to = "session"

    session = models.ForeignKey(Session, models.PROTECT, verbose_name="会议", related_name="files")

    class Meta(StoredFile.Meta):
        verbose_name = verbose_name_plural = "会议文件"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "sha256"],
                name="sessionfile_once",
                violation_error_message="这次会议已有同样的文件。",
            ),
        ]
