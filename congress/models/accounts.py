"""Accounts: one a person, with one role."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q

from congress.roles import Role, keeps_accounts, keeps_records


class UserManager(BaseUserManager):
    def create_user(self, username, password=None, **fields):
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def create_superuser(self, username, password=None, **fields):
        """The first account of an installation keeps the accounts; it sees no business data."""
        return self.create_user(username, password, **{"role": Role.ADMINISTRATOR, **fields})


class User(AbstractBaseUser):
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

    @property
    def is_staff(self) -> bool:
        return keeps_accounts(self) or keeps_records(self)

    def has_perm(self, permission: str, obj=None) -> bool:
        """Django admin: accounts for the administrator, all other records for the office."""
        on_accounts = permission.startswith("congress.") and permission.endswith("_user")
        return self.is_active and (keeps_accounts(self) if on_accounts else keeps_records(self))

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and (
            keeps_records(self) or (app_label == "congress" and keeps_accounts(self))
        )
