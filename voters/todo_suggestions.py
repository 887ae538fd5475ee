"""What waits in suggestions: drafts to be checked, seconded, written better; closed ones untold."""

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from congress import roles
from congress.models import User
from congress.todo import Sample, Todo, todo_source

from .models import Suggestion, SuggestionDraft, told_in_public
from .states import State

SHOWN = 5
_State = SuggestionDraft.State


@todo_source
def waiting_drafts(user: User, day: datetime.date) -> Iterable[Todo]:
    """The office's to register; a delegate's own that came back, and those to second."""
    if roles.keeps_records(user):
        submitted = SuggestionDraft.objects.filter(state=_State.SUBMITTED)
        yield _todo("待审核的代表建议稿", submitted, "submitted", "审核登记，或退回修改")
    if not (roles.is_delegate(user) or roles.leads_group(user)):
        return
    own = SuggestionDraft.objects.filter(lead__delegate__account=user, state=_State.RETURNED)
    yield _todo("退回修改的建议稿", own, "returned", "修改后重新提交")
    asked = SuggestionDraft.objects.exclude(state=_State.REGISTERED).filter(
        secondments__mandate__delegate__account=user, secondments__agreed_on__isnull=True
    )
    yield _todo("请您附议的建议稿", asked, "", "看后表示是否附议")


@todo_source
def unreported_suggestions(user: User, day: datetime.date) -> Iterable[Todo]:
    """The secretary's: closed, and told in no report that is public (代表法 51)."""
    if not roles.runs_the_year(user):
        return
    closed = Suggestion.objects.filter(~told_in_public(), state=State.CLOSED)
    yield Todo(
        "办结后还没有报告公布的代表建议",
        closed.count(),
        f"{reverse('suggestion_list')}?reported=false",
        "",
        "汇总为办理情况报告，提交人大会议并公布",
        measure="件",
        samples=lambda: [
            Sample(str(each), str(each.lead_unit or ""), each.get_absolute_url())
            for each in closed.select_related("lead_unit").order_by("pk")[:SHOWN]
        ],
    )


def _todo(label: str, drafts: QuerySet, state: str, advice: str) -> Todo:
    query = f"?state={state}" if state else ""
    return Todo(
        label,
        drafts.count(),
        f"{reverse('suggestiondraft_list')}{query}",
        "due-soon",
        advice,
        measure="份",
        samples=lambda: [
            Sample(draft.title, f"{draft.lead.delegate}领衔", draft.get_absolute_url())
            for draft in drafts.select_related("lead__delegate").order_by("pk")[:SHOWN]
        ],
    )
