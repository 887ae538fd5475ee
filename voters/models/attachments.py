"""Pictures and papers of an item."""

from django.db import models
from django.db.models import Q

from congress.models import StoredFile
from congress.roles import handles_items, reads_all

from .feedback import FeedbackItem
from .topics import HandlingUnit
from .visits import Visit


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Office and chair: of all items they see.

        A unit: what it sent itself or was let see, of its own items. Nobody else: a
        picture or a letter may name the voter, whatever the item itself says.
        """
        if reads_all(user):
            closed = FeedbackItem.objects.filter(visit__in=Visit.objects.closed_to(user))
            return self.exclude(item__in=closed)
        if handles_items(user):
            units = HandlingUnit.objects.filter(accounts=user)
            colleagues = HandlingUnit.accounts.through.objects.filter(handlingunit__in=units)
            return self.filter(
                Q(for_unit=True) | Q(user__in=colleagues.values("user")),
                item__in=FeedbackItem.objects.visible_to(user),
            )
        return self.none()


class Attachment(StoredFile):
    """A picture or paper of an item; units see those that are for them."""

    belongs_to = "item"

    item = models.ForeignKey(
        FeedbackItem, models.PROTECT, verbose_name="意见建议", related_name="attachments"
    )
    for_unit = models.BooleanField(
        "承办单位可见", default=False, help_text="有选民姓名、电话的不要勾选"
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta(StoredFile.Meta):
        verbose_name = verbose_name_plural = "附件"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "sha256"],
                name="attachment_once",
                violation_error_message="这条意见建议已有同样的附件。",
            ),
        ]
