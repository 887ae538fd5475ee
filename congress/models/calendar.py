"""Days off and make-up working days that the published calendar does not know, or not rightly."""

from django.db import models

from .base import Record


class SpecialDay(Record):
    date = models.DateField(
        "日期", unique=True, error_messages={"unique": "这一天已经登记，请修改原有记录。"}
    )
    is_workday = models.BooleanField("上班", default=False, help_text="调休上班的勾选；放假的不勾")
    note = models.CharField("说明", max_length=50, blank=True, help_text="如：国庆节、调休")

    class Meta:
        verbose_name = verbose_name_plural = "放假和调休"
        ordering = ["-date"]

    def __str__(self):
        return f"{self.date:%Y-%m-%d} {'上班' if self.is_workday else '放假'}"
