"""Delegate groups, who belonged to them when, their rooms, plan, activities and attendance."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from congress.models import Record, Term, Village
from congress.numerals import ordinal_numeral
from congress.periods import (
    Dated,
    DatedQuerySet,
    OneAtATime,
    ends_later,
    holds_on,
    span_rule,
    today,
)
from congress.roles import Role, leads_group, reads_all
from delegates.models import Mandate
from delegates.names import LONGEST_NAME, NameField


class Post(models.TextChoices):
    LEADER = "leader", "组长"
    VICE_LEADER = "vice_leader", "副组长"
    LIAISON = "liaison", "联系员"
    MEMBER = "member", "组员"


OFFICERS = [Post.LEADER, Post.VICE_LEADER, Post.LIAISON]


class DelegateGroupQuerySet(DatedQuerySet):
    def led_by(self, user, day: datetime.date):
        """Groups in which the user holds a post that day: leader, vice leader or liaison."""
        held = Membership.objects.filter(
            Q(mandate__delegate__account=user) | Q(staff_account=user),
            holds_on(day),
            post__in=OFFICERS,
        )
        return self.filter(pk__in=held.values("group"))

    def visible_to(self, user):
        """Office and chair: all. A leader: the groups led today."""
        if reads_all(user):
            return self
        if leads_group(user):
            return self.led_by(user, today())
        return self.none()


class DelegateGroup(Record, Dated):
    term = models.ForeignKey(Term, models.PROTECT, verbose_name="届次", related_name="groups")
    ordinal = models.PositiveSmallIntegerField("组别", help_text="第几代表小组")
    villages = models.ManyToManyField(Village, through="GroupVillage", verbose_name="覆盖村")
    note = models.TextField("备注", blank=True)

    objects = DelegateGroupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代表小组"
        ordering = ["-term", "ordinal"]
        constraints = [
            span_rule("delegategroup"),
            models.UniqueConstraint(
                fields=["term", "ordinal"],
                name="delegategroup_once_a_term",
                violation_error_message="本届已有这个组别。",
            ),
            models.CheckConstraint(
                name="delegategroup_ordinal_positive",
                condition=Q(ordinal__gte=1),
                violation_error_code="ordinal",
                violation_error_message="组别须为正整数。",
            ),
        ]

    def __str__(self):
        return f"第{ordinal_numeral(self.ordinal)}代表小组"


class GroupVillage(Record, Dated):
    """A village belongs to one group at a time."""

    group = models.ForeignKey(
        DelegateGroup, models.CASCADE, verbose_name="代表小组", related_name="coverage"
    )
    village = models.ForeignKey(
        Village, models.PROTECT, verbose_name="村", related_name="group_coverage"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "覆盖村"
        ordering = ["village__position", "pk"]
        constraints = [
            span_rule("groupvillage"),
            OneAtATime(
                fields=["village"],
                condition=Q(end__isnull=True),
                name="groupvillage_one_group",
                violation_error_message="一个村同一时间只能属于一个代表小组。",
            ),
        ]

    def __str__(self):
        return str(self.village)

    @property
    def named(self) -> str:
        return f"{self.group}的{self.village}"

    def get_absolute_url(self) -> str:
        return self.group.get_absolute_url()

    def clean(self):
        """A group covers a village only while there is the group."""
        if self.group_id and self.start:
            if self.start < self.group.start:
                raise ValidationError({"start": f"不能早于小组成立的日期（{self.group.start}）。"})
            if ends_later(self, self.group):
                raise ValidationError({"end": f"不能晚于小组撤销的日期（{self.group.end}）。"})


class Membership(Record, Dated):
    """Who belongs to a group and in which post; a liaison may be staff instead of a delegate."""

    group = models.ForeignKey(
        DelegateGroup, models.PROTECT, verbose_name="代表小组", related_name="memberships"
    )
    mandate = models.ForeignKey(
        Mandate,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="代表",
        related_name="memberships",
    )
    staff_name = NameField(
        "工作人员姓名", max_length=LONGEST_NAME, blank=True, help_text="联系员不是代表时填写"
    )
    staff_account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="工作人员账号",
        limit_choices_to={"role": Role.LEADER},
    )
    post = models.CharField("组内职务", max_length=20, choices=Post.choices, default=Post.MEMBER)
    note = models.TextField("备注", blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "小组成员"
        ordering = ["pk"]
        indexes = [models.Index(fields=["group", "start", "id"], name="membership_group_start")]
        constraints = [
            span_rule("membership"),
            OneAtATime(
                fields=["mandate"],
                condition=Q(end__isnull=True),
                name="membership_one_active",
                violation_error_message="这位代表已在一个小组；请先办理调组。",
            ),
            OneAtATime(
                fields=["group", "post"],
                condition=Q(end__isnull=True, post__in=["leader", "vice_leader", "liaison"]),
                name="membership_one_holder_a_post",
                violation_error_message="该小组的这个职务已有人担任；请先终止原任。",
            ),
            models.CheckConstraint(
                name="membership_delegate_or_staff",
                condition=(Q(mandate__isnull=False, staff_name=""))
                | (Q(mandate__isnull=True, post="liaison") & ~Q(staff_name="")),
                violation_error_code="mandate",
                violation_error_message="小组成员须是代表；只有联系员可以由工作人员担任，并填写其姓名。",
            ),
            models.CheckConstraint(
                name="membership_post_known",
                condition=Q(post__in=["leader", "vice_leader", "liaison", "member"]),
                violation_error_code="post",
                violation_error_message="组内职务须从列表中选择。",
            ),
        ]

    def __str__(self):
        return f"{self.person_name}（{self.get_post_display()}）"

    @property
    def named(self) -> str:
        return f"{self.group}{self.get_post_display()}{self.person_name}"

    @property
    def person_name(self) -> str:
        return self.mandate.delegate.name if self.mandate else self.staff_name

    def clean(self):
        """A membership lies within the time of its mandate and of its group."""
        if self.mandate_id and self.start:
            if self.start < self.mandate.start:
                raise ValidationError({"start": "加入小组不能早于当选日期。"})
            if ends_later(self, self.mandate):
                raise ValidationError(
                    {"end": f"代表资格已于{self.mandate.end}终止，小组成员身份不能晚于这一天。"}
                )
        if self.group_id and self.start:
            if self.start < self.group.start:
                raise ValidationError(
                    {"start": f"加入小组不能早于{self.group}成立的日期（{self.group.start}）。"}
                )
            if ends_later(self, self.group):
                raise ValidationError(
                    {"end": f"{self.group}已于{self.group.end}撤销，成员身份不能晚于这一天。"}
                )
