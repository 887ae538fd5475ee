"""Work evaluation (工作评议): units evaluated, ballots on them, what came after, a second vote."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from congress.models import NumberlessLine, Record
from congress.roles import handles_items
from groups.models import Activity
from groups.models.plan import GroupWorkQuerySet

from .ballot_counts import COUNTS, BallotCounts, all_null, ballot_rules
from .opinions import Opinion
from .topics import HandlingUnit

#: Days on which a result was told, none before the vote.
TOLD = ("reported_on", "superior_told_on", "fed_back_on", "published_on")
#: Of a vote in a ledger only the grades are known.
_GRADES = ("satisfied", "basically_satisfied", "third_grade", "dissatisfied")
_DETAIL = ("others_present", "ballots_issued", "ballots_returned", "ballots_valid", "abstained")


def _only_voted(field: str, label: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"unitevaluation_{field}",
        condition=Q(**{f"{field}__isnull": True}) | Q(satisfied__isnull=False),
        violation_error_code=field,
        violation_error_message=f"尚未测评的，{label}留空。",
    )


class UnitEvaluationQuerySet(GroupWorkQuerySet):
    group_field = "activity__group"

    def visible_to(self, user):
        """As the activity's; a unit sees the own ones once they were fed back to it."""
        if handles_items(user):
            return self.filter(unit__accounts=user, fed_back_on__isnull=False)
        return super().visible_to(user)

    def voted(self):
        return self.filter(satisfied__isnull=False)

    def untold(self):
        """Voted on, and the result not reported yet or not fed back."""
        missing = Q(reported_on__isnull=True) | Q(fed_back_on__isnull=True)
        return self.voted().filter(missing)

    def to_rectify(self):
        return self.filter(rectified_on__isnull=True).exclude(demands="")

    def awaiting_second_vote(self):
        return self.filter(second_vote_by__isnull=False, second_vote__isnull=True)


class UnitEvaluation(BallotCounts, Record):
    """A unit arranged for a 工作评议; its ballots once they were counted, all or none.

    Of a vote read from a ledger only the grades are known. The delegates who voted are those
    present at the activity, see ``voters.unit_results``.
    """

    class Method(models.TextChoices):
        REPORT = "report", "述职+测评"
        WRITTEN = "written", "书面报告+测评"
        INQUIRY = "inquiry", "调查走访+测评"
        BALLOT = "ballot", "只测评"

    activity = models.ForeignKey(
        Activity, models.CASCADE, verbose_name="活动", related_name="unit_evaluations"
    )
    unit = models.ForeignKey(
        HandlingUnit, models.PROTECT, verbose_name="被评议单位", related_name="evaluations"
    )
    head = NumberlessLine("负责人", max_length=50, blank=True)
    method = models.CharField("评议方式", max_length=10, choices=Method.choices, blank=True)
    others_present = models.PositiveIntegerField(
        "其他参评人数", null=True, blank=True, help_text="代表以外参评的群众、服务对象"
    )
    reported_on = models.DateField(
        "报送日期", null=True, blank=True, help_text="评议结果报送党委、政府的日期"
    )
    superior_told_on = models.DateField("通报上级主管部门日期", null=True, blank=True)
    fed_back_on = models.DateField(
        "反馈日期", null=True, blank=True, help_text="评议结果反馈被评议单位的日期"
    )
    published_on = models.DateField("公示日期", null=True, blank=True)
    demands = models.TextField("整改要求", blank=True, help_text="不需要整改的留空")
    rectify_by = models.DateField("整改期限", null=True, blank=True)
    rectified_on = models.DateField("整改完成日期", null=True, blank=True)
    rectification = models.TextField("整改情况", blank=True)
    second_vote_by = models.DateField(
        "复评期限", null=True, blank=True, help_text="需要再次测评的填写，如三个月后"
    )

    objects = UnitEvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "工作评议"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "unit"],
                name="unitevaluation_once",
                violation_error_message="该单位在本次评议中已有安排。",
            ),
            models.CheckConstraint(
                name="unitevaluation_counted_in_full",
                condition=all_null((*_GRADES, *_DETAIL), True)
                | (all_null(_GRADES, False) & all_null(_DETAIL, True))
                | all_null((*_GRADES, *_DETAIL), False),
                violation_error_message="已测评的，参评人数和各项票数都要填；尚未测评的都留空。",
            ),
            *ballot_rules("unitevaluation"),
            models.CheckConstraint(
                name="unitevaluation_method_known",
                condition=Q(method__in=["", "report", "written", "inquiry", "ballot"]),
                violation_error_code="method",
                violation_error_message="评议方式须从列表中选择。",
            ),
            _only_voted("reported_on", "报送日期"),
            _only_voted("superior_told_on", "通报日期"),
            _only_voted("fed_back_on", "反馈日期"),
            _only_voted("published_on", "公示日期"),
            _only_voted("second_vote_by", "复评期限"),
            models.CheckConstraint(
                name="unitevaluation_demands",
                condition=Q(demands="") | Q(satisfied__isnull=False, rectify_by__isnull=False),
                violation_error_code="rectify_by",
                violation_error_message="提出整改要求的，须先有测评结果，并写明整改期限。",
            ),
            models.CheckConstraint(
                name="unitevaluation_rectify_by",
                condition=Q(rectify_by__isnull=True) | ~Q(demands=""),
                violation_error_code="demands",
                violation_error_message="有整改期限的，须写明整改要求。",
            ),
            models.CheckConstraint(
                name="unitevaluation_rectified",
                condition=Q(rectified_on__isnull=True, rectification="")
                | (Q(rectified_on__isnull=False) & ~Q(rectification="") & ~Q(demands="")),
                violation_error_code="rectification",
                violation_error_message="整改完成的，完成日期和整改情况都要填，并须有整改要求。",
            ),
        ]

    def __str__(self):
        return f"{self.activity} {self.unit}"

    @property
    def is_voted(self) -> bool:
        return self.satisfied is not None

    @property
    def is_counted_in_full(self) -> bool:
        return self.ballots_valid is not None

    def clean(self):
        if self.activity_id and self.activity.kind != Activity.Kind.EVALUATION:
            raise ValidationError({"activity": "只有工作评议活动才有单位测评票数。"})
        for field in (*TOLD, "rectify_by", "rectified_on", "second_vote_by"):
            day: datetime.date | None = getattr(self, field)
            if self.activity_id and day and day < self.activity.date:
                raise ValidationError({field: "日期不能早于评议活动日期。"})


class SecondVote(BallotCounts, Record):
    """复评: the vote repeated on a later day; counted by the scale of its own year.

    Reports and ledgers tell the first vote.
    """

    evaluation = models.OneToOneField(
        UnitEvaluation,
        models.PROTECT,
        verbose_name="工作评议",
        related_name="second_vote",
        error_messages={"unique": "这个单位已有复评，一次评议只复评一次。"},
    )
    held_on = models.DateField("复评日期")
    delegates_present = models.PositiveIntegerField("参评代表")
    others_present = models.PositiveIntegerField(
        "其他参评人数", default=0, help_text="代表以外参评的群众、服务对象；没有的填0"
    )

    class Meta:
        verbose_name = verbose_name_plural = "复评"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="secondvote_counted_in_full",
                condition=all_null(COUNTS, False),
                violation_error_code="ballots_issued",
                violation_error_message="复评的各项票数都要填写；没有的填0。",
            ),
            models.CheckConstraint(
                name="secondvote_issued_to_present",
                condition=Q(ballots_issued__lte=F("delegates_present") + F("others_present")),
                violation_error_code="ballots_issued",
                violation_error_message="发出票不能多于参评人数。",
            ),
            *ballot_rules("secondvote"),
        ]

    def __str__(self):
        return f"{self.evaluation}复评"

    def get_absolute_url(self) -> str:
        return UnitEvaluation(pk=self.evaluation_id).get_absolute_url()

    def clean(self):
        if not self.evaluation_id:
            return
        if not self.evaluation.is_voted:
            raise ValidationError({"evaluation": "还没有第一次测评的票数，不能复评。"})
        if self.held_on and self.held_on <= self.evaluation.activity.date:
            raise ValidationError({"held_on": "复评须在评议活动之后另日进行。"})


class EvaluationComment(Opinion):
    """What evaluators wrote on a unit."""

    about = "evaluation"

    evaluation = models.ForeignKey(
        UnitEvaluation, models.PROTECT, verbose_name="工作评议", related_name="comments"
    )
    item = models.OneToOneField(
        "voters.FeedbackItem",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="意见建议",
        related_name="evaluation_comment",
    )

    class Meta(Opinion.Meta):
        verbose_name = verbose_name_plural = "评议意见"
