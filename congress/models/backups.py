"""Which backups there are, and which of them were proved."""

from django.db import models
from django.db.models import Q
from django.urls import reverse


class BackupQuerySet(models.QuerySet):
    def proved(self):
        """Those whose latest verification found nothing."""
        return self.filter(result=BackupCheck.Result.GOOD)


class BackupCheck(models.Model):
    """One backup file that this office made, verified or was restored from.

    ``made_at`` is the moment of the records in it, as the file itself says, not that of its
    verification or restoration. ``log_head`` is the audit log's count and digest of then.
    """

    class Result(models.TextChoices):
        NONE = "none", "还没有核验"
        GOOD = "good", "可以恢复"
        FAULTY = "faulty", "不能依靠"

    sha256 = models.CharField("SHA-256校验值", max_length=64, unique=True)
    name = models.CharField("文件名", max_length=255)
    size = models.PositiveBigIntegerField("大小（字节）")
    made_at = models.DateTimeField("备份时间")
    log_head = models.CharField("审计日志条数和链值", max_length=90, blank=True)
    result = models.CharField(
        "核验结果", max_length=10, choices=Result.choices, default=Result.NONE
    )
    verified_at = models.DateTimeField("核验时间", null=True)
    words = models.TextField("说明", blank=True)

    objects = BackupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "备份"
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["made_at", "id"], name="backup_made_at")]
        constraints = [
            models.CheckConstraint(
                name="backup_verified_when",
                condition=Q(result="none", verified_at=None)
                | Q(result__in=["good", "faulty"], verified_at__isnull=False),
                violation_error_message="核验过的备份须有核验时间和结果。",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("backupcheck_detail", args=[self.pk])

    def __str__(self):
        return self.name
