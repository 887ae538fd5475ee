"""选民评价口径 of the ledger: also the scale of the ballots of its year."""

from congress.ledger_plan import Plan
from congress.ledgers import CONTENT, Basics
from congress.models import BallotScale, BallotScales, BallotThreshold
from congress.models.ballot_scales import is_ballot_scale, words_of
from voters.ballot_scales import held_under, in_use


def plan_ballot_scale(plan: Plan, basics: Basics):
    """A year whose grades differ gets a scale of its own; ballots counted before keep theirs."""
    setting = "选民评价口径"
    grades, year = basics.values[setting], basics.year
    if not is_ballot_scale(grades):
        return
    stored = BallotScale.objects.prefetch_related("thresholds")
    scales = BallotScales(plan.table(BallotScale, stored).known)
    current = scales.of(year)
    is_known = current.pk is not None
    is_same = is_known and current.words == words_of(grades)
    if is_same and current.from_year <= year:
        return
    if is_known and current.from_year == year:
        if years := held_under(current, scales):
            basics.rows[setting].refuse(CONTENT, in_use(current, years))
        else:
            plan.set(current, "grades", grades)
        return
    new = BallotScale(from_year=year, grades=grades)
    if not is_same and (years := held_under(new, scales)):
        basics.rows[setting].refuse(CONTENT, in_use(current, years))
        return
    plan.add(new)
    thresholds = current.thresholds.all() if is_same else new.usual_thresholds()
    for each in thresholds:
        plan.add(
            BallotThreshold(
                scale=new,
                wording=each.wording,
                best_percent=each.best_percent,
                approved_percent=each.approved_percent,
            )
        )
