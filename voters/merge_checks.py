"""What among turns, bills and suggestions forbids that two persons become one."""

from collections.abc import Iterable

from delegates.duplicates.moving import Conflict, Plan, merge_check
from delegates.duplicates.twins import only_explains

from .models import Bill, CountyProposal, ReceptionDay, ReceptionDuty, Secondment, SuggestionDraft

only_explains(ReceptionDuty, "reason")

#: A record led by one delegate, the table of those who second it, and its key there.
SECONDED = (
    (Bill, Bill.seconders.through, "bill"),
    (CountyProposal, CountyProposal.seconders.through, "countyproposal"),
    (SuggestionDraft, Secondment, "draft"),
)


@merge_check
def one_turn_a_day(plan: Plan) -> Iterable[Conflict]:
    """Nobody receives voters for two groups on one date."""
    duties = ReceptionDuty.objects.exclude(day__state=ReceptionDay.State.CANCELLED)
    duties = duties.select_related("day__group", "mandate__delegate").order_by("day__date", "pk")
    theirs = {duty.day.date: duty for duty in duties.filter(mandate__in=plan.theirs)}
    if not theirs:
        return
    for duty in duties.filter(mandate__in=plan.ours, day__date__in=theirs):
        other = theirs[duty.day.date]
        if other.day_id != duty.day_id:
            yield Conflict(
                f"轮值：两人同一天在两处接待选民（{duty.day}；{other.day}）。"
                "请先把其中一次换班或改正，再合并。",
                (duty.day, other.day),
            )


@merge_check
def nobody_seconds_the_own(plan: Plan) -> Iterable[Conflict]:
    """领衔 and 附议 are two delegates; their number counts persons."""
    for model, seconders, key in SECONDED:
        for leading, seconding in ((plan.ours, plan.theirs), (plan.theirs, plan.ours)):
            seconded = seconders.objects.filter(mandate__in=seconding).values(key)
            for record in model.objects.filter(lead__in=leading, pk__in=seconded):
                yield Conflict(
                    f"{model._meta.verbose_name}“{record}”由其中一位领衔、另一位附议。"
                    "请先在这一件中取消附议，再合并。",
                    (record,),
                )
