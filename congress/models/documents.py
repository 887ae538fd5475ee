"""文件: what the county sent and what the congress issued, what follows from it, and its files."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from congress import roles
from congress.documents.numbers import series_and_serial
from congress.documents.text import Reading, text_of
from congress.uploads import Upload

from .base import Record
from .sessions import Session
from .stored_file import StoredFile


class Documents(models.QuerySet):
    def visible_to(self, user):
        """Delegates read what their own congress issued; who does group work reads everything."""
        if roles.reads_group_work(user):
            return self
        if roles.is_delegate(user):
            return self.filter(level=Document.Level.OWN).standing()
        return self.none()

    def standing(self):
        """Without those made void: as if never issued, but for their numbers."""
        return self.filter(void_on__isnull=True)

    def in_force_on(self, day: datetime.date):
        return self.standing().filter(
            Q(repealed_on__isnull=True) | Q(repealed_on__gt=day), date__lte=day
        )

    def in_series(self, series: str):
        """Own documents of a number series, in the order of their numbers."""
        return self.filter(level=Document.Level.OWN, series=series).order_by("serial")


class Document(Record):
    class Level(models.TextChoices):
        COUNTY = "county", "上级"
        OWN = "own", "本级"

    class Kind(models.TextChoices):
        OPINION = "opinion", "意见"
        DECISION = "decision", "决定"
        RESOLUTION = "resolution", "决议"
        MEASURES = "measures", "办法、制度"
        PLAN = "plan", "计划、安排"
        PROGRAMME = "programme", "方案"
        NOTICE = "notice", "通知"
        ANNOUNCEMENT = "announcement", "公告"
        CIRCULAR = "circular", "通报"
        REPORT = "report", "报告"
        REQUEST = "request", "请示"
        REPLY = "reply", "批复"
        LETTER = "letter", "函"
        MINUTES = "minutes", "纪要"
        OTHER = "other", "其他"

    title = models.CharField("标题", max_length=200, help_text="不加书名号")
    issuer = models.CharField("发文机关", max_length=100)
    number = models.CharField("文号", max_length=50, help_text="如：XX镇人〔2020〕1号")
    date = models.DateField("发文日期")
    level = models.CharField("来源", max_length=10, choices=Level.choices)
    position = models.PositiveSmallIntegerField(
        "排序", default=0, help_text="数字小的排在前，报告先写"
    )
    kind = models.CharField("文种", max_length=20, choices=Kind.choices, blank=True)
    rules = models.TextField("规定内容", blank=True, help_text="对本镇人大工作的具体要求")
    received_on = models.DateField("收文日期", null=True, blank=True, help_text="上级文件填写")
    session = models.ForeignKey(
        Session,
        models.PROTECT,
        verbose_name="所属会议",
        related_name="documents",
        null=True,
        blank=True,
    )
    repealed_on = models.DateField("废止日期", null=True, blank=True, help_text="现行有效的留空")
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="由哪份文件代替",
        related_name="replaces",
        null=True,
        blank=True,
    )
    void_on = models.DateField("作废日期", null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    # Read from the number: 〔2020〕 and what stands before it, and the number in that series.
    series = models.CharField("文号系列", max_length=50, blank=True, editable=False)
    serial = models.PositiveIntegerField("顺序号", null=True, blank=True, editable=False)

    objects = Documents.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["date", "id"], name="document_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number"],
                name="document_number_once",
                violation_error_code="number",
                violation_error_message="该机关的这个文号已经登记。",
            ),
            models.UniqueConstraint(
                fields=["series", "serial"],
                condition=Q(level="own", serial__isnull=False),
                name="document_own_serial_once",
                violation_error_message="本级已有文件用了这个文号。",
            ),
            models.CheckConstraint(
                name="document_level_known",
                condition=Q(level__in=["county", "own"]),
                violation_error_code="level",
                violation_error_message="来源须为上级或本级。",
            ),
            models.CheckConstraint(
                name="document_received_from_above",
                condition=Q(received_on__isnull=True) | Q(level="county"),
                violation_error_code="received_on",
                violation_error_message="收文日期只用于上级文件，本级文件请留空。",
            ),
            models.CheckConstraint(
                name="document_received_after_issue",
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("date")),
                violation_error_code="received_on",
                violation_error_message="收文日期不能早于发文日期。",
            ),
            models.CheckConstraint(
                name="document_repealed_after_issue",
                condition=Q(repealed_on__isnull=True) | Q(repealed_on__gte=F("date")),
                violation_error_code="repealed_on",
                violation_error_message="废止日期不能早于发文日期。",
            ),
            models.CheckConstraint(
                name="document_replaced_is_repealed",
                condition=Q(replaced_by__isnull=True) | Q(repealed_on__isnull=False),
                violation_error_code="repealed_on",
                violation_error_message="由其他文件代替的，请填写废止日期。",
            ),
            models.CheckConstraint(
                name="document_void_is_own",
                condition=Q(void_on__isnull=True) | Q(level="own"),
                violation_error_code="level",
                violation_error_message="只有本级文件可以作废。",
            ),
            models.CheckConstraint(
                name="document_void_with_reason",
                condition=(Q(void_on__isnull=True) & Q(void_reason=""))
                | (Q(void_on__isnull=False) & ~Q(void_reason="")),
                violation_error_code="void_reason",
                violation_error_message="作废须写明原因和日期。",
            ),
        ]

    def __str__(self):
        return f"《{self.title}》"

    def save(self, *args, **kwargs):
        self.series, self.serial = series_and_serial(self.number)
        super().save(*args, **kwargs)

    @property
    def is_own(self) -> bool:
        return self.level == self.Level.OWN

    @property
    def is_in_series(self) -> bool:
        """Whether it holds a place in a number series of the congress's own."""
        return self.is_own and self.serial is not None

    @property
    def is_void(self) -> bool:
        return self.void_on is not None

    def standing_on(self, day: datetime.date) -> str:
        """作废, 已废止, 未生效 or 现行有效 on that day."""
        if self.is_void:
            return "作废"
        if self.repealed_on and self.repealed_on <= day:
            return "已废止"
        return "现行有效" if self.date <= day else "未生效"


class DocumentMatter(models.Model):
    """规定事项: one of the office's works that a document rules."""

    class Matter(models.TextChoices):
        RECEPTION = "reception", "接待选民日"
        GROUPS = "groups", "代表小组活动"
        ROOMS = "rooms", "代表活动室"
        CONTACT = "contact", "联系选民"
        FEEDBACK = "feedback", "意见建议办理"
        TRAINING = "training", "学习培训"
        INSPECTION = "inspection", "视察调研"
        EVALUATION = "evaluation", "工作评议"
        DUTY_REPORTS = "duty_reports", "代表述职"
        DUTY_FILES = "duty_files", "履职登记和管理"
        SESSIONS = "sessions", "会议"
        ELECTIONS = "elections", "选举和补选"
        OTHER = "other", "其他工作"

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="matters", verbose_name="文件"
    )
    matter = models.CharField("规定事项", max_length=20, choices=Matter.choices)

    class Meta:
        verbose_name = verbose_name_plural = "规定事项"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "matter"],
                name="document_matter_once",
                violation_error_message="这一事项已经选过。",
            )
        ]

    def __str__(self):
        return self.get_matter_display()


class FilesWithoutText(models.Manager):
    """Lists and downloads never load the text, which is as long as a book."""

    def get_queryset(self):
        return super().get_queryset().defer("text")


class DocumentFile(StoredFile):
    """The text as far as the file has any, for the search; see ``congress.documents.text``."""

    belongs_to = "document"

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="files", verbose_name="文件"
    )
    # Files that were there before anybody noted who sent them have no user.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="上传人",
        null=True,
        blank=True,
    )
    text = models.TextField("文字", blank=True, editable=False)
    reading = models.CharField(
        "文字读取", max_length=10, choices=Reading.choices, default=Reading.NONE, editable=False
    )

    objects = FilesWithoutText()

    class Meta(StoredFile.Meta):
        verbose_name = verbose_name_plural = "文件附件"

    @classmethod
    def values_of(cls, upload: Upload) -> dict[str, Any]:
        upload.file.seek(0)
        found = text_of(upload.file.read(), upload.content_type)
        upload.file.seek(0)
        return {"text": found.text, "reading": found.reading}
