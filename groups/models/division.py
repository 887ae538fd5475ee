"""Dividing a term, or the rest of it, into groups (划分): a draft until it is confirmed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from congress.models import Record, Term, Village
from congress.numerals import full_date, ordinal_numeral
from congress.roles import reads_all
from delegates.models import Delegate

from .membership import OFFICERS, Post


class DivisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Office and chair: all."""
        return self if reads_all(user) else self.none()

    def confirmed(self):
        return self.filter(confirmed_on__isnull=False)


class Division(Record):
    """Which village and which delegate belong to which group from a day on."""

    class Way(models.TextChoices):
        LAST = "last", "照原来的分组"
        AREA = "area", "按村和选区"
        EMPTY = "empty", "空白"

    term = models.ForeignKey(Term, models.PROTECT, verbose_name="届次", related_name="divisions")
    start = models.DateField("起始日期", help_text="自该日起按这个划分；换届的填本届第一次会议之日")
    way = models.CharField("从哪里开始", max_length=10, choices=Way.choices, default=Way.LAST)
    proposal = models.TextField("初步编组", blank=True, editable=False)
    note = models.TextField("说明", blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="编制人", related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="确认人", related_name="+"
    )
    confirmed_on = models.DateField("确认日期", null=True, editable=False)
    reason = models.TextField("有村未编入的原因", blank=True, editable=False)
    #: What the confirmation changed, so that it can be undone; see ``division.trail``.
    done = models.JSONField("确认时的变动", default=dict, editable=False)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "小组划分"
        ordering = ["-start", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["start"],
                condition=Q(confirmed_on__isnull=False),
                name="division_once_a_day",
                violation_error_message="自这一天起已有确认的小组划分；请换一个起始日期，或先撤销它。",
            ),
            models.CheckConstraint(
                name="division_confirmed_by_somebody",
                condition=Q(confirmed_on__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False),
                violation_error_message="确认日期和确认人要么都有，要么都没有。",
            ),
            models.CheckConstraint(
                name="division_way_known",
                condition=Q(way__in=["last", "area", "empty"]),
                violation_error_code="way",
                violation_error_message="请从列表中选择从哪里开始。",
            ),
        ]

    def __str__(self):
        return f"{self.term}小组划分（{full_date(self.start)}起）"

    @property
    def is_draft(self) -> bool:
        return self.confirmed_on is None

    @property
    def state(self) -> str:
        return "草案" if self.is_draft else "已确认"


class DivisionGroup(models.Model):
    """One group of a division; staff are named here, delegates placed in it."""

    division = models.ForeignKey(
        Division, models.CASCADE, verbose_name="小组划分", related_name="groups"
    )
    ordinal = models.PositiveSmallIntegerField("组别")
    staff_name = models.CharField("工作人员联系员", max_length=50, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "划分的小组"
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "ordinal"],
                name="divisiongroup_once",
                violation_error_message="这个划分已有这个组别。",
            ),
            models.CheckConstraint(
                name="divisiongroup_ordinal_positive",
                condition=Q(ordinal__gte=1),
                violation_error_code="ordinal",
                violation_error_message="组别须为正整数。",
            ),
        ]

    def __str__(self):
        return f"第{ordinal_numeral(self.ordinal)}代表小组"


class DivisionVillage(models.Model):
    """A village placed in a group; one that is not placed has no row."""

    division = models.ForeignKey(
        Division, models.CASCADE, verbose_name="小组划分", related_name="villages"
    )
    group = models.ForeignKey(
        DivisionGroup, models.CASCADE, verbose_name="小组", related_name="villages"
    )
    village = models.ForeignKey(Village, models.CASCADE, verbose_name="村", related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "划分的村"
        ordering = ["village__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "village"],
                name="divisionvillage_one_group",
                violation_error_message="一个村只能编入一个小组。",
            ),
        ]

    def __str__(self):
        return str(self.village)


class DivisionMember(models.Model):
    """A person, with all mandates, placed in a group; one that is not placed has no row."""

    division = models.ForeignKey(
        Division, models.CASCADE, verbose_name="小组划分", related_name="members"
    )
    group = models.ForeignKey(
        DivisionGroup, models.CASCADE, verbose_name="小组", related_name="members"
    )
    delegate = models.ForeignKey(Delegate, models.CASCADE, verbose_name="代表", related_name="+")
    post = models.CharField("组内职务", max_length=20, choices=Post.choices, default=Post.MEMBER)

    class Meta:
        verbose_name = verbose_name_plural = "划分的代表"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "delegate"],
                name="divisionmember_one_group",
                violation_error_message="一名代表只能编入一个小组。",
            ),
            models.UniqueConstraint(
                fields=["group", "post"],
                condition=Q(post__in=[str(post) for post in OFFICERS]),
                name="divisionmember_one_holder_a_post",
                violation_error_message="组长、副组长、联系员每组各一名，请先改任原来的一名。",
            ),
            models.CheckConstraint(
                name="divisionmember_post_known",
                condition=Q(post__in=["leader", "vice_leader", "liaison", "member"]),
                violation_error_code="post",
                violation_error_message="组内职务须从列表中选择。",
            ),
        ]

    def __str__(self):
        return str(self.delegate)
