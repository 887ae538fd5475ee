"""The audit log: who did what, when and from where."""

import json

from django.db import models
from django.db.models import Q
from django.urls import reverse

from congress.privacy import without_personal_numbers


class ExactJSONField(models.TextField):
    """JSON in one spelling only: a checksum of the row holds wherever it is copied to."""

    def from_db_value(self, value, expression, connection):
        return value if value is None else json.loads(value)

    def to_python(self, value):
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        return written(value)


def written(value) -> str:
    """The spelling: keys in order of their characters' codes, no blanks."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


class AuditEntry(models.Model):
    """One thing that was done. Rows are only ever added; see ``congress.audit``.

    The account is written out, not referred to: the log outlives what it tells of. ``changes``
    is ``{column: [old, new]}``. ``mark`` proves that the program wrote the row (empty for a change
    made outside of it), ``sequence`` and ``digest`` chain it to all before it.
    """

    class Kind(models.TextChoices):
        LOG_IN = "log_in", "登录"
        LOG_OUT = "log_out", "退出"
        FAILURE = "failure", "登录失败"
        LOCK = "lock", "锁定"
        REFUSAL = "refusal", "拒绝访问"
        ACCOUNT = "account", "账号管理"
        CREATION = "creation", "新增"
        CHANGE = "change", "修改"
        DELETION = "deletion", "删除"
        REVEAL = "reveal", "查看个人信息"
        EXPORT = "export", "导出"
        PRINT = "print", "打印"
        SIGNATURE = "signature", "签发"
        ERASURE = "erasure", "清除个人信息"
        BACKUP = "backup", "备份"
        RESTORE = "restore", "恢复"
        MAINTENANCE = "maintenance", "维护"

    at = models.DateTimeField("时间")
    kind = models.CharField("事项", max_length=20, choices=Kind.choices)
    user_key = models.BigIntegerField("账号编号", null=True)
    username = models.CharField("用户名", max_length=150, blank=True)
    name = models.CharField("姓名", max_length=50, blank=True)
    role = models.CharField("角色", max_length=20, blank=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    subject_type = models.CharField("对象类别", max_length=100, blank=True)
    subject_key = models.CharField("对象编号", max_length=40, blank=True)
    words = models.TextField("内容", blank=True)
    reason = models.TextField("事由", blank=True)
    changes = ExactJSONField("变更", default=dict)
    mark = models.CharField("写入标记", max_length=96, blank=True, editable=False)
    sequence = models.BigIntegerField("序号", null=True, editable=False)
    digest = models.CharField("链值", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "审计日志"
        indexes = [
            models.Index(fields=["at", "id"], name="audit_at"),
            models.Index(fields=["kind", "at", "id"], name="audit_kind"),
            models.Index(fields=["user_key", "at", "id"], name="audit_user"),
            models.Index(fields=["subject_type", "subject_key", "id"], name="audit_subject"),
            models.Index(fields=["id"], condition=Q(sequence=None), name="audit_unsealed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sequence"], name="audit_sequence_once"),
            models.UniqueConstraint(fields=["mark"], condition=~Q(mark=""), name="audit_mark_once"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("auditentry_detail", args=[self.pk])

    def __str__(self):
        """An entry from before numbers were masked keeps them; nobody reads them."""
        return f"{self.get_kind_display()}：{without_personal_numbers(self.words)}"


class AuditArchive(models.Model):
    """The log up to ``through`` stands in a file; the chain goes on from its ``digest``."""

    at = models.DateTimeField("时间")
    before = models.DateTimeField("早于")
    through = models.BigIntegerField("截至序号", unique=True)
    digest = models.CharField("链值", max_length=64)
    sha256 = models.CharField("文件校验值", max_length=64)
    mark = models.CharField("写入标记", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "审计日志归档"

    def __str__(self):
        return f"归档至第{self.through}条"
