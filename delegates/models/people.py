"""People; their mandates say when and where they are delegates."""

import contextlib
import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q

from congress.models import NumberlessLine, Record
from congress.roles import Role, is_delegate, reads_all
from congress.sealing import Sealed, fingerprint, fingerprints, seal, unseal
from delegates.identity import disagreements
from delegates.names import LONGEST_NAME, NameField
from delegates.pinyin import search_key

from .mandates import Mandate


class DelegateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Office and chair: everybody. A delegate: the own person."""
        if reads_all(user):
            return self
        if is_delegate(user):
            return self.filter(account=user)
        return self.none()

    def with_score_for(self, user):
        """Whose score the user reads: office and chair everybody's, each person the own."""
        return self if reads_all(user) else self.filter(account=user)

    def in_office_on(self, day: datetime.date):
        """Persons with at least one mandate in office that day; each person once."""
        mandates = Mandate.objects.in_office_on(day).filter(delegate=OuterRef("pk"))
        return self.filter(Exists(mandates))

    def with_identity(self, number: str):
        """Who has this 身份证号, under whichever key it was sealed."""
        return self.filter(identity_index__in=list(fingerprints(number)))

    def update(self, **values):
        """The key of a name written to all follows it."""
        if isinstance(name := values.get("name"), str):
            values["name_key"] = search_key(name)
        return super().update(**values)

    def bulk_update(self, objs, fields, *args, **kwargs):
        if "name" in fields:
            fields = [*fields, "name_key"]
            for person in objs:
                person.name_key = search_key(person.name)
        return super().bulk_update(objs, fields, *args, **kwargs)

    bulk_update.alters_data = update.alters_data = True


class NameKey(models.TextField):
    """The forms under which the name is found, made of it whenever the person is saved."""

    def pre_save(self, person, add):
        person.name_key = search_key(person.name)
        return person.name_key

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class Delegate(Record):
    """A person; the mandates say when and where this person is a delegate."""

    class Sex(models.TextChoices):
        MALE = "男", "男"
        FEMALE = "女", "女"

    name = NameField("姓名", max_length=LONGEST_NAME)
    name_key = NameKey("检索用姓名", default="", editable=False)
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
    #: Read and written as ``identity``.
    identity_sealed = models.TextField("身份证号（加密）", blank=True, editable=False)
    identity_index = models.CharField("身份证号校对值", max_length=64, null=True, editable=False)
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
            models.UniqueConstraint(
                fields=["identity_index"],
                name="delegate_identity_once",
                violation_error_code="identity_index",
                violation_error_message="另一位代表已登记这个身份证号，请核对是否同一人。",
            ),
            models.CheckConstraint(
                name="delegate_identity_with_index",
                condition=Q(identity_sealed="", identity_index__isnull=True)
                | (~Q(identity_sealed="") & Q(identity_index__isnull=False)),
                violation_error_message="身份证号没有完整保存，请重新填写。",
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

    def save(self, *args, update_fields=None, **kwargs):
        if update_fields is not None and "name" in update_fields:
            update_fields = {*update_fields, "name_key"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def identity(self) -> str:
        """身份证号 in full, empty where none is known. Raises ``Sealed`` if no key opens it."""
        return unseal(self.identity_sealed) if self.identity_sealed else ""

    @identity.setter
    def identity(self, number: str) -> None:
        """``number`` as ``check_identity`` gives it."""
        self.identity_sealed = seal(number) if number else ""
        self.identity_index = fingerprint(number) if number else None

    def clean(self):
        if self.birth_month:
            self.birth_month = self.birth_month.replace(day=1)
        if self.birth_month and self.identity_sealed:
            with contextlib.suppress(Sealed):
                wrong = disagreements(self.identity, self.birth_month, self.sex)
                if wrong:
                    raise ValidationError(wrong)


class IdentityReveal(models.Model):
    """Who had a delegate's 身份证号 shown in full, when and for what."""

    delegate = models.ForeignKey(
        Delegate, models.PROTECT, verbose_name="代表", related_name="identity_reveals"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="查看人", related_name="+"
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    reason = NumberlessLine("事由", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "查看身份证号记录"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.delegate} {self.user}"
