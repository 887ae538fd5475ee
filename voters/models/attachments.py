"""Pictures and papers of an item."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from congress.roles import handles_items, reads_all

from .feedback import FeedbackItem
from .topics import HandlingUnit


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Office and chair: all. A unit: what it sent itself or was let see, of its own items.

        Nobody else: a picture or a letter may name the voter, whatever the item itself says.
        """
        if reads_all(user):
            return self
        if handles_items(user):
            units = HandlingUnit.objects.filter(accounts=user)
            colleagues = HandlingUnit.accounts.through.objects.filter(handlingunit__in=units)
            return self.filter(
                Q(for_unit=True) | Q(user__in=colleagues.values("user")),
                item__in=FeedbackItem.objects.visible_to(user),
            )
        return self.none()


def nameless_path(attachment: "Attachment", name: str) -> str:
    """Where the file lies: its path tells nothing, and no web server makes anything of it."""
    key = uuid.uuid4().hex
    return f"attachments/{key[:2]}/{key}"


class Attachment(models.Model):
    """A picture or paper of an item; stored outside the static files, served as download only.

    An item that has any is not deleted: the files would stay behind.
    """

    item = models.ForeignKey(
        FeedbackItem, models.PROTECT, verbose_name="意见建议", related_name="attachments"
    )
    file = models.FileField("文件", upload_to=nameless_path)
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("校验值", max_length=64)
    at = models.DateTimeField("时间", auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人")
    for_unit = models.BooleanField(
        "承办单位可见", default=False, help_text="有选民姓名、电话的不要勾选"
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "sha256"],
                name="attachment_once",
                violation_error_message="这条意见建议已有同样的附件。",
            ),
        ]

    def __str__(self):
        return self.name
