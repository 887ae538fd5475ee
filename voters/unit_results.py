"""What the ballots say of the units of a 工作评议: rates, result, rank; never stored."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from congress.charts import Series, bar_chart
from congress.models import BallotScale, BallotScales
from congress.periods import today
from groups.attendance import expected_at
from groups.models import Activity, Attendance
from voters.ballots import Tally, grade_fields
from voters.models import SecondVote, UnitEvaluation

#: Days before a term of 整改 or 复评 from which it is brought to mind.
SOON = datetime.timedelta(days=7)


def delegates_present(activity: Activity) -> int | None:
    """How many delegates could vote; None while attendance was not taken."""
    statuses = list(activity.attendances.counted().values_list("status", flat=True))
    return statuses.count(Attendance.Status.PRESENT) if statuses else None


@dataclass(frozen=True)
class UnitResult:
    """One unit: its votes, and its rank among those evaluated with it; the same votes share one."""

    evaluation: UnitEvaluation
    tally: Tally | None
    rank: int | None
    second: Tally | None

    @property
    def stage(self) -> str:
        return stage(self.evaluation)

    @property
    def stage_class(self) -> str:
        return STAGES[self.stage]


@dataclass(frozen=True)
class ActivityResults:
    """All units of one evaluation, the best first; those not voted on stand at the end."""

    activity: Activity
    evaluations: list[UnitEvaluation]
    scales: BallotScales

    @classmethod
    def of(cls, activity: Activity) -> "ActivityResults":
        evaluations = activity.unit_evaluations.select_related("unit", "second_vote")
        return cls(activity, list(evaluations.order_by("pk")), BallotScales.load())

    @property
    def scale(self) -> BallotScale:
        return self.scales.of(self.activity.date.year)

    @cached_property
    def tallies(self) -> dict[int, Tally]:
        return {each.pk: Tally(each, self.scale) for each in self.evaluations if each.is_voted}

    @cached_property
    def rows(self) -> list[UnitResult]:
        merits = [tally.merit for tally in self.tallies.values() if tally.merit is not None]
        found = []
        for each in self.evaluations:
            tally = self.tallies.get(each.pk)
            merit = tally.merit if tally else None
            better = sum(1 for other in merits if merit is not None and other > merit)
            rank = better + 1 if merit is not None else None
            found.append(UnitResult(each, tally, rank, second_tally(each, self.scales)))
        return sorted(
            found,
            key=lambda row: (row.tally is None, row.rank is None, row.rank or 0, row.evaluation.pk),
        )

    @property
    def voted(self) -> list[UnitResult]:
        return [row for row in self.rows if row.tally]

    @property
    def ballots_wanted(self) -> int:
        """Slips to print: one for everybody known to have come, else for everybody expected."""
        persons = expected_at(self.activity).values("delegate").distinct()
        return delegates_present(self.activity) or persons.count() or 1

    @property
    def chart(self) -> SafeString | None:
        """A bar a unit, its parts the grades."""
        if not self.voted:
            return None
        series = [
            Series(word, tuple(getattr(row.evaluation, field) for row in self.voted))
            for field, word in grade_fields(self.scale).items()
        ]
        labels = [row.evaluation.unit.short_name for row in self.voted]
        return bar_chart("各单位测评票数", labels, series, unit="票")


def result_of(evaluation: UnitEvaluation, scales: BallotScales) -> UnitResult:
    """One unit's on its own, without a rank."""
    tally = Tally(evaluation, scales.of(evaluation.activity.date.year))
    return UnitResult(
        evaluation,
        tally if evaluation.is_voted else None,
        None,
        second_tally(evaluation, scales),
    )


def second_tally(evaluation: UnitEvaluation, scales: BallotScales) -> Tally | None:
    """The 复评, read by the scale of its own year."""
    second = second_vote_of(evaluation)
    return Tally(second, scales.of(second.held_on.year)) if second else None


def second_vote_of(evaluation: UnitEvaluation) -> SecondVote | None:
    return getattr(evaluation, "second_vote", None)


#: Stages of a unit's evaluation, with the class of their colour.
STAGES = {
    "未测评": "",
    "已测评": "in-hand",
    "已反馈": "done",
    "整改中": "in-hand",
    "整改将到期": "due-soon",
    "整改逾期": "overdue",
    "已整改": "done",
    "待复评": "due-soon",
    "复评逾期": "overdue",
    "已复评": "done",
}


def stage(evaluation: UnitEvaluation) -> str:
    """How far the evaluation of a unit has come today."""
    if not evaluation.is_voted:
        return "未测评"
    if second_vote_of(evaluation):
        return "已复评"
    if evaluation.demands and not evaluation.rectified_on:
        if evaluation.rectify_by < today():
            return "整改逾期"
        return "整改将到期" if evaluation.rectify_by <= today() + SOON else "整改中"
    if evaluation.second_vote_by:
        return "复评逾期" if evaluation.second_vote_by < today() else "待复评"
    if evaluation.demands:
        return "已整改"
    return "已反馈" if evaluation.fed_back_on else "已测评"
