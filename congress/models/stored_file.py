"""A picture or paper that was sent to a record."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models

from congress.uploads import Upload

from .numberless import NumberlessLine


def nameless_path(file: models.Model, name: str) -> str:
    """Where the file lies: its path tells nothing, and no web server makes anything of it."""
    key = uuid.uuid4().hex
    return f"attachments/{key[:2]}/{key}"


class StoredFile(models.Model):
    """Abstract: a file outside the static ones, served as download only.

    The foreign key ``belongs_to`` names the record it was sent to, with ``related_name="files"``;
    it protects: files of a record that is deleted would stay behind on the disc.
    """

    belongs_to: str

    file = models.FileField("文件", upload_to=nameless_path)
    name = NumberlessLine("文件名", max_length=200)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("校验值", max_length=64)
    at = models.DateTimeField("时间", auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人"
    )

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self):
        return self.name

    @classmethod
    def values_of(cls, upload: Upload) -> dict[str, Any]:
        """Values of further fields, taken from the content; before any lock is held."""
        return {}

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")
