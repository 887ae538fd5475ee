"""What the headings of this office's rosters mean, as somebody matched them by hand."""

from django.db import models


class RosterColumn(models.Model):
    """A heading without white space, and the column it stands for; empty for none."""

    heading = models.CharField("栏目", max_length=50, unique=True)
    meaning = models.CharField("作为", max_length=20, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "花名册栏目"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.heading}：{self.meaning or '不导入'}"

    @classmethod
    def remembered(cls) -> dict[str, str]:
        return dict(cls.objects.values_list("heading", "meaning"))
