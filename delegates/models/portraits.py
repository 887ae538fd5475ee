"""代表照片: one of each person."""

from django.db import models

from congress.models import StoredFile

from .people import Delegate


class Portrait(StoredFile):
    belongs_to = "delegate"

    delegate = models.OneToOneField(
        Delegate, models.PROTECT, verbose_name="代表", related_name="portrait"
    )

    class Meta(StoredFile.Meta):
        verbose_name = verbose_name_plural = "代表照片"
