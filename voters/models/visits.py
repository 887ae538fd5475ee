"""The visits of voters, on a reception day or at another time.

要求保密: such a visit, its items and all that hangs on them exist only for the accounts named with
it (``informed``, 知情人员), see ``VisitQuerySet.closed_to``; and an item for whom a named person
makes handle it: its units, once it is assigned to them, and the delegates who propose it. Naming
never shows anybody what the role alone would not show.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from congress.models import Record, Village
from congress.periods import Period
from congress.privacy import masked, masked_name, without_personal_numbers
from congress.roles import runs_the_year
from delegates.models import Mandate
from groups.models.plan import GroupWorkQuerySet

from .reception import ReceptionDay


class Channel(models.TextChoices):
    IN_PERSON = "in_person", "当面"
    PHONE = "phone", "电话"
    WRITTEN = "written", "书面"
    HOME = "home", "入户"


class VisitQuerySet(GroupWorkQuerySet):
    group_field = "day__group"

    def visible_to(self, user):
        """As the group's work; of what was told in confidence, what the user is named with."""
        return super().visible_to(user).exclude(pk__in=Visit.objects.closed_to(user))

    def set_aside_for(self, user):
        """The rest of the group's work, for numbers only."""
        return super().visible_to(user).filter(pk__in=Visit.objects.closed_to(user))

    def closed_to(self, user):
        """Told in confidence, and the user is not named.

        Where none of those named can log in any more, the secretary takes their place: what was
        told in confidence must not be lost with an account.
        """
        named = Visit.informed.through.objects.filter(visit=OuterRef("pk"))
        if not runs_the_year(user):
            return self.filter(~Exists(named.filter(user=user)), confidential=True)
        others = Exists(named.filter(user__is_active=True))
        return self.filter(~Exists(named.filter(user=user)), others, confidential=True)

    def received_in(self, period: Period):
        """Visits on reception days of the period that were not cancelled."""
        return self.filter(day__date__range=(period.first, period.last)).exclude(
            day__state=ReceptionDay.State.CANCELLED
        )

    def persons(self) -> int:
        """人次: the sum of persons over these visits."""
        return self.aggregate(total=models.Sum("persons"))["total"] or 0


class Visit(Record):
    number = models.CharField(
        "登记号",
        max_length=30,
        unique=True,
        help_text="如：2020-001",
        error_messages={"unique": "已有这个登记号。"},
    )
    day = models.ForeignKey(
        ReceptionDay, models.PROTECT, verbose_name="接待选民日", related_name="visits"
    )
    received_by = models.ManyToManyField(Mandate, verbose_name="接待代表", related_name="visits")
    voter_name = models.CharField("来访人", max_length=50, help_text="多人来访的写发言人")
    village = models.ForeignKey(Village, models.PROTECT, verbose_name="村", related_name="visits")
    phone = models.CharField(
        "电话",
        max_length=50,
        blank=True,
        help_text="可不填；只用于告知办理结果",
    )
    persons = models.PositiveIntegerField("来访人数", default=1)
    channel = models.CharField(
        "来访方式", max_length=10, choices=Channel.choices, default=Channel.IN_PERSON
    )
    words = models.TextField("反映内容", help_text="尽量记录选民原话")
    answer = models.TextField("当场答复", blank=True)
    confidential = models.BooleanField(
        "要求保密", default=False, help_text="保存后，只有登记人、人大秘书和另行指定的人员能看到"
    )
    informed = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name="知情人员", related_name="+", editable=False
    )
    cleared_on = models.DateField("联系方式清除日期", null=True, editable=False)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        verbose_name="登记人",
    )

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "来访登记"
        ordering = ["-day__date", "-pk"]
        indexes = [
            models.Index(fields=["day"], name="visit_confidential", condition=Q(confidential=True))
        ]
        constraints = [
            models.CheckConstraint(
                name="visit_persons_positive",
                condition=Q(persons__gte=1),
                violation_error_code="persons",
                violation_error_message="来访人数至少为1。",
            ),
            models.CheckConstraint(
                name="visit_channel_known",
                condition=Q(channel__in=["in_person", "phone", "written", "home"]),
                violation_error_code="channel",
                violation_error_message="来访方式须从列表中选择。",
            ),
            models.CheckConstraint(
                name="visit_cleared_without_phone",
                condition=Q(cleared_on__isnull=True) | Q(phone=""),
                violation_error_code="phone",
                violation_error_message="来访人的联系方式已经清除，不能再填写电话。",
            ),
        ]

    @property
    def voter_masked(self) -> str:
        return masked_name(self.voter_name)

    @property
    def words_masked(self) -> str:
        """The voter's own words as lists show them."""
        return without_personal_numbers(self.words)

    @property
    def phone_masked(self) -> str:
        return masked(self.phone)

    def __str__(self):
        """Without the voter's name: it stands in titles that others than the office see."""
        return self.number
