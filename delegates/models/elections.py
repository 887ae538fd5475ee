"""Elections at a session: the post, who stood and the votes; results are computed, never stored.

Articles are those of 地方组织法 as amended in 2022.
"""

from django.db import models
from django.db.models import F, Q

from congress.models import Record, Session
from congress.numerals import ordinal
from delegates.legal_numbers import NOMINATORS
from delegates.names import LONGEST_NAME, NameField

from .mandates import Mandate


class Election(Record):
    class Kind(models.TextChoices):
        CHAIR = "chair", "人大主席"
        VICE_CHAIR = "vice_chair", "人大副主席"
        HEAD = "head", "镇长、乡长"
        VICE_HEAD = "vice_head", "副镇长、副乡长"
        OTHER = "other", "其他"

    #: One person each; the candidate may be the only one (27).
    MAIN = (Kind.CHAIR, Kind.HEAD)
    DEPUTIES = (Kind.VICE_CHAIR, Kind.VICE_HEAD)
    #: Elected from among the delegates (18).
    FROM_DELEGATES = (Kind.CHAIR, Kind.VICE_CHAIR)

    session = models.ForeignKey(
        Session, models.PROTECT, verbose_name="会议", related_name="elections"
    )
    kind = models.CharField("选举类别", max_length=10, choices=Kind.choices)
    post = models.CharField("职务", max_length=50, help_text="写在选票上，如：XX镇人民政府镇长")
    seats = models.PositiveSmallIntegerField("应选名额", default=1)
    is_by_election = models.BooleanField(
        "补选", default=False, help_text="补选的候选人数可以同应选人数相等（地方组织法第三十条）"
    )
    round = models.PositiveSmallIntegerField("轮次", default=1, editable=False)
    follows = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name="上一轮",
        related_name="next_round",
    )
    is_tie_vote = models.BooleanField("票数相等的再次投票", default=False, editable=False)
    issued = models.PositiveIntegerField("发出票", null=True, blank=True)
    returned = models.PositiveIntegerField("收回票", null=True, blank=True)
    valid = models.PositiveIntegerField("有效票", null=True, blank=True)
    #: As counted on the day: what is learned of the roster later changes no result.
    all_delegates = models.PositiveIntegerField("全体代表", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "选举"
        ordering = ["-session__date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "post", "round"],
                name="election_once_a_round",
                violation_error_message="这次会议已登记这个职务的选举。",
            ),
            models.CheckConstraint(
                name="election_kind_known",
                condition=Q(kind__in=["chair", "vice_chair", "head", "vice_head", "other"]),
                violation_error_code="kind",
                violation_error_message="选举类别须从列表中选择。",
            ),
            models.CheckConstraint(
                name="election_seats",
                condition=Q(kind__in=["chair", "head"], seats=1)
                | Q(kind="vice_chair", seats__gte=1, seats__lte=2)
                | Q(kind__in=["vice_head", "other"], seats__gte=1),
                violation_error_code="seats",
                violation_error_message="应选名额至少1名；主席、镇长（乡长）只能1名，"
                "副主席1至2名（地方组织法第十八条）。",
            ),
            models.CheckConstraint(
                name="election_counted_complete",
                condition=Q(issued__isnull=True, returned__isnull=True, valid__isnull=True)
                | Q(issued__isnull=False, returned__isnull=False, valid__isnull=False),
                violation_error_code="issued",
                violation_error_message="发出票、收回票、有效票要么都填，要么都不填。",
            ),
            models.CheckConstraint(
                name="election_returned_of_issued",
                condition=Q(returned__isnull=True) | Q(returned__lte=F("issued")),
                violation_error_code="returned",
                violation_error_message="收回票不能多于发出票。",
            ),
            models.CheckConstraint(
                name="election_valid_of_returned",
                condition=Q(valid__isnull=True) | Q(valid__lte=F("returned")),
                violation_error_code="valid",
                violation_error_message="有效票不能多于收回票。",
            ),
            models.CheckConstraint(
                name="election_rounds",
                condition=Q(round=1, follows__isnull=True, is_tie_vote=False)
                | Q(round__gt=1, follows__isnull=False),
                violation_error_message="第二轮起须有上一轮。",
            ),
        ]

    def __str__(self):
        return self.post if self.round == 1 else f"{self.post}（{ordinal(self.round)}轮）"

    @property
    def is_counted(self) -> bool:
        return self.valid is not None


class Candidate(models.Model):
    """Who stood, or was written in on the ballots (另选他人, 28)."""

    class Nomination(models.TextChoices):
        PRESIDIUM = "presidium", "主席团提名"
        DELEGATES = "delegates", "代表联合提名"
        #: In another round (29).
        VOTES = "votes", "按上一轮得票确定"

    election = models.ForeignKey(
        Election, models.CASCADE, verbose_name="选举", related_name="candidates"
    )
    name = NameField("姓名", max_length=LONGEST_NAME)
    mandate = models.ForeignKey(
        Mandate,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="代表资格",
        related_name="candidacies",
    )
    is_written_in = models.BooleanField("另选他人", default=False)
    nominated_by = models.CharField("提名", max_length=10, choices=Nomination.choices, blank=True)
    nominators = models.PositiveSmallIntegerField("联名代表人数", null=True, blank=True)
    votes_for = models.PositiveIntegerField("赞成", null=True, blank=True)
    votes_against = models.PositiveIntegerField("反对", null=True, blank=True)
    abstained = models.PositiveIntegerField("弃权", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "候选人"
        ordering = ["is_written_in", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "mandate"],
                name="candidate_mandate_once",
                violation_error_message="这位代表已在候选人中。",
            ),
            models.CheckConstraint(
                name="candidate_nominated",
                condition=Q(is_written_in=True, nominated_by="", nominators__isnull=True)
                | Q(
                    is_written_in=False,
                    nominated_by__in=["presidium", "votes"],
                    nominators__isnull=True,
                )
                | Q(
                    is_written_in=False,
                    nominated_by="delegates",
                    nominators__isnull=False,
                    nominators__gte=NOMINATORS,
                ),
                violation_error_code="nominators",
                violation_error_message=f"代表联合提名的，联名代表须{NOMINATORS}人以上"
                "（地方组织法第二十六条）；其他的不填联名人数。",
            ),
            models.CheckConstraint(
                name="candidate_votes_complete",
                condition=Q(
                    votes_for__isnull=True, votes_against__isnull=True, abstained__isnull=True
                )
                | Q(
                    is_written_in=False,
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    abstained__isnull=False,
                )
                | Q(
                    is_written_in=True,
                    votes_for__gte=1,
                    votes_against__isnull=True,
                    abstained__isnull=True,
                ),
                violation_error_code="votes_for",
                violation_error_message="候选人的赞成、反对、弃权票都要填；另选他人只填得票，至少1票。",
            ),
        ]

    def __str__(self):
        return self.name
