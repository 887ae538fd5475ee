"""Accounts: one a person, with one role."""

import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from congress.roles import Role

from .base import Record


class UserManager(BaseUserManager):
    def create_user(self, username, password=None, **fields):
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def create_superuser(self, username, password=None, **fields):
        """The first account of an installation keeps the accounts; it sees no business data.

        Whoever installs knows its password, so it is changed at the first log-in.
        """
        given = {"role": Role.ADMINISTRATOR, "must_change_password": True}
        return self.create_user(username, password, **given | fields)


class User(Record, AbstractBaseUser):
    """An account. Switched off, never deleted: its name stands in the records."""

    username = models.CharField(
        "用户名",
        max_length=50,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "已有同名账号，请换一个用户名。"},
    )
    name = models.CharField("姓名", max_length=50)
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    email = models.EmailField(
        "电子邮箱", blank=True, help_text="可不填；配置了邮件服务时用于发送待办提醒"
    )
    is_active = models.BooleanField("启用", default=True, help_text="停用后不能登录，记录保留")

    must_change_password = models.BooleanField("须修改密码", default=False, editable=False)
    password_set_at = models.DateTimeField("密码设置时间", null=True, editable=False)
    link_made_at = models.DateTimeField("一次性链接生成时间", null=True, editable=False)
    must_use_code = models.BooleanField(
        "须用动态口令",
        default=False,
        help_text="登录时除了密码还要手机上的动态口令；本人下次登录时设好",
    )
    code_sealed = models.TextField("动态口令密钥", blank=True, editable=False)
    code_step = models.BigIntegerField("用过的动态口令时段", default=0, editable=False)
    created_at = models.DateTimeField("添加时间", default=timezone.now, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                name="user_role_known",
                condition=Q(role__in=Role.values),
                violation_error_code="role",
                violation_error_message="角色须从列表中选择。",
            ),
        ]

    def __str__(self):
        return self.name

    def set_password(self, raw_password):
        super().set_password(raw_password)
        self.password_set_at = timezone.now() if raw_password else None

    @property
    def uses_code(self) -> bool:
        """Whether the log-in asks for a one-time code (``congress.log_in.code``)."""
        return bool(self.code_sealed)

    @property
    def password_expires_at(self) -> datetime.datetime | None:
        """When the password is to be changed again; None where it never is."""
        if not settings.PASSWORD_DAYS or not self.password_set_at:
            return None
        return self.password_set_at + datetime.timedelta(days=settings.PASSWORD_DAYS)

    @property
    def password_has_expired(self) -> bool:
        return bool(self.password_expires_at and self.password_expires_at <= timezone.now())


class FormerPassword(models.Model):
    """A password an account has had, as its hash: it is not taken again soon."""

    user = models.ForeignKey(
        User, models.CASCADE, verbose_name="账号", related_name="former_passwords"
    )
    password = models.CharField("密码散列", max_length=128)

    class Meta:
        verbose_name = verbose_name_plural = "用过的密码"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.user}用过的密码"
