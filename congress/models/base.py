"""What every record shares: versions, running numbers, forms sent once."""

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.urls import reverse

from congress.constraints import violations


class Record(models.Model):
    """What people edit: counts its versions, so that two editors never overwrite each other."""

    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        abstract = True

    def validate_constraints(self, exclude=None):
        """Like Django's, but check constraints are evaluated in memory; all blame their field."""
        errors: dict[str, list[ValidationError]] = {}
        for field, message in violations(self):
            errors.setdefault(field or NON_FIELD_ERRORS, []).append(ValidationError(message))
        for constraint in self._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint):
                try:
                    constraint.validate(type(self), self, exclude=exclude)
                except ValidationError as error:
                    code = constraint.violation_error_code
                    field = code if code in constraint.fields else NON_FIELD_ERRORS
                    errors.setdefault(field, []).extend(error.error_list)
        if errors:
            raise ValidationError(errors)

    def get_absolute_url(self) -> str:
        return reverse(f"{self._meta.model_name}_detail", args=[self.pk])


class RunningNumber(models.Model):
    """The last number given in a series (2020-, 2020-J …); taken under a lock, see actions."""

    series = models.CharField("系列", max_length=30, unique=True)
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "流水号"

    def __str__(self):
        return f"{self.series}{self.last:03d}"


class Submission(models.Model):
    """A form once sent: its token is unique, so that a second click makes no second record."""

    token = models.UUIDField("表单标识", primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="账号")
    at = models.DateTimeField("时间", auto_now_add=True)
    result = models.CharField("结果页面", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "已提交表单"

    def __str__(self):
        return str(self.token)
