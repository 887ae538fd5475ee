"""测评口径: the scales of duty reports, from year to year."""

from congress import roles
from congress.models import BallotScale
from congress.record_pages import RecordPages
from congress.tables import Column
from voters.ballot_scales import held_under, in_use
from voters.forms import BallotScaleForm


def _thresholds(scale: BallotScale) -> str:
    return "\n".join(
        f"{each.wording}：最好等次不低于{each.best_percent}%，"
        f"前两个等次合计不低于{each.approved_percent}%"
        for each in scale.thresholds.all()
    )


class BallotScalePages(RecordPages):
    model = BallotScale
    form_class = BallotScaleForm
    prefetch_related = ("thresholds",)
    measure = "条"
    may_edit = staticmethod(roles.runs_the_year)
    when_empty = "还没有测评口径。"
    columns = (
        Column("自哪年起", "from_year", ("from_year",)),
        Column("等次", "grades", width=40),
        Column("到会选民最少人数", "least_present", numeric=True, width=18),
        Column(
            "结果用语",
            lambda scale: "、".join(each.wording for each in scale.thresholds.all()),
            width=40,
            minor=True,
        ),
    )
    facts = ("from_year", "grades", "least_present", (_thresholds, "结果用语"))

    @classmethod
    def may_change(cls, user, scale):
        """One that ballots were counted by stays as it is."""
        return super().may_change(user, scale) and not held_under(scale)

    @classmethod
    def facts_of(cls, scale, user):
        facts = super().facts_of(scale, user)
        if years := held_under(scale):
            facts.append(("使用情况", in_use(scale, years)))
        return facts
