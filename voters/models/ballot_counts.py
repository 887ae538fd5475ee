"""What is counted after a vote by ballot, and what of it can never be true."""

from django.db import models
from django.db.models import F, Q

VOTES = ("satisfied", "basically_satisfied", "third_grade", "dissatisfied", "abstained")
#: The numbers counted of every vote, in their order.
COUNTS = ("ballots_issued", "ballots_returned", "ballots_valid", *VOTES)


class BallotCounts(models.Model):
    """Abstract: the ballots of one vote; rates and results are computed, see ``voters.ballots``.

    The four fields of grades are places on the scale of the year, best first; ``third_grade`` is 0
    where the scale has three.
    """

    ballots_issued = models.PositiveIntegerField("发出票", null=True, blank=True)
    ballots_returned = models.PositiveIntegerField("收回票", null=True, blank=True)
    ballots_valid = models.PositiveIntegerField("有效票", null=True, blank=True)
    satisfied = models.PositiveIntegerField("满意", null=True, blank=True)
    basically_satisfied = models.PositiveIntegerField("基本满意", null=True, blank=True)
    third_grade = models.PositiveIntegerField("第三等次", null=True, blank=True)
    dissatisfied = models.PositiveIntegerField("不满意", null=True, blank=True)
    abstained = models.PositiveIntegerField("弃权", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def counts(self) -> dict[str, int | None]:
        return {name: getattr(self, name) for name in COUNTS}

    @property
    def votes_valid(self) -> int:
        """Valid ballots; where only the grades are known, those that they add up to."""
        if self.ballots_valid is not None:
            return self.ballots_valid
        return sum(getattr(self, name) or 0 for name in VOTES)


def all_null(fields: tuple[str, ...], null: bool) -> Q:
    return Q(**{f"{field}__isnull": null for field in fields})


def ballot_rules(model: str) -> list[models.CheckConstraint]:
    """Sum of the votes = valid ≤ returned ≤ issued, where they were counted."""
    return [
        models.CheckConstraint(
            name=f"{model}_returned_of_issued",
            condition=Q(ballots_returned__isnull=True)
            | Q(ballots_returned__lte=F("ballots_issued")),
            violation_error_code="ballots_returned",
            violation_error_message="收回票不能多于发出票。",
        ),
        models.CheckConstraint(
            name=f"{model}_valid_of_returned",
            condition=Q(ballots_valid__isnull=True) | Q(ballots_valid__lte=F("ballots_returned")),
            violation_error_code="ballots_valid",
            violation_error_message="有效票不能多于收回票。",
        ),
        models.CheckConstraint(
            name=f"{model}_grades_add_up",
            condition=Q(ballots_valid__isnull=True)
            | Q(
                ballots_valid=F("satisfied")
                + F("basically_satisfied")
                + F("third_grade")
                + F("dissatisfied")
                + F("abstained")
            ),
            violation_error_code="ballots_valid",
            violation_error_message="各等次和弃权之和须等于有效票；没有无效票的，有效票即收回票。",
        ),
    ]
