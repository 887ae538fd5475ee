"""People; their mandates say when and where they are delegates."""

import datetime

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q

from congress.models import Record
from congress.roles import Role, is_delegate, reads_all
from delegates.names import clean_name

from .mandates import Mandate


class DelegateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Office and chair: everybody. A delegate: the own person."""
        if reads_all(user):
            return self
        if is_delegate(user):
            return self.filter(account=user)
        return self.none()

    def in_office_on(self, day: datetime.date):
        """Persons with at least one mandate in office that day; each person once."""
        mandates = Mandate.objects.in_office_on(day).filter(delegate=OuterRef("pk"))
        return self.filter(Exists(mandates))


class Delegate(Record):
    """A person; the mandates say when and where this person is a delegate."""

    class Sex(models.TextChoices):
        MALE = "男", "男"
        FEMALE = "女", "女"

    name = models.CharField("姓名", max_length=50)
    sex = models.CharField("性别", max_length=1, choices=Sex.choices)
    birth_month = models.DateField("出生年月", help_text="只用年和月，日一律记为1日")
    ethnicity = models.CharField("民族", max_length=20, default="汉族", help_text="写全称，如汉族")
    education = models.CharField("文化程度", max_length=20, blank=True)
    party = models.CharField("政治面貌", max_length=20, blank=True)
    occupation = models.CharField("工作单位及职务", max_length=100, blank=True)
    phone = models.CharField(
        "联系电话",
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{5,20}$", "联系电话只填数字，5至20位。")],
        help_text="只填数字",
    )
    note = models.TextField("备注", blank=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="登录账号",
        limit_choices_to={"role__in": [Role.DELEGATE, Role.LEADER, Role.CHAIR]},
        error_messages={"unique": "这个账号已归另一位代表使用。"},
    )

    objects = DelegateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代表"
        ordering = ["pk"]
        indexes = [models.Index(fields=["name", "id"], name="delegate_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "sex", "birth_month", "phone"],
                name="delegate_person_once",
                violation_error_message="已有姓名、性别、出生年月和电话都相同的代表，请勿重复添加。",
            ),
            models.CheckConstraint(
                name="delegate_sex_known",
                condition=Q(sex__in=["男", "女"]),
                violation_error_code="sex",
                violation_error_message="性别须为男或女。",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        self.name = clean_name(self.name)
        if self.birth_month:
            self.birth_month = self.birth_month.replace(day=1)
