"""Lists of delegates' suggestions, and the pages of their drafts."""

import django_filters
from django.db.models import Exists, OuterRef
from django.urls import reverse

from congress import roles
from congress.action_views import ActionAdd, ActionEdit
from congress.models import Session
from congress.periods import today
from congress.record_pages import RecordFilter, RecordPages
from congress.record_views import RecordList
from congress.tables import Column
from delegates.models import Mandate
from delegates.pinyin import by_name
from voters.actions import (
    may_change_draft,
    may_draft,
    may_recall_draft,
    may_register_draft,
)
from voters.filters import YES
from voters.forms import ProposersForm, SuggestionDraftForm, SuggestionForm
from voters.models import (
    BETWEEN_SESSIONS,
    HandlingUnit,
    Suggestion,
    SuggestionDraft,
    told_in_public,
)
from voters.states import State


def reads_suggestions(user) -> bool:
    """Office and chair; leaders and delegates within what they may see."""
    return roles.reads_calendar(user)


def _sessions(request):
    used = Suggestion.objects.filter(session=OuterRef("pk"))
    return Session.objects.filter(Exists(used)).select_related("term")


def _leads(request):
    led = Suggestion.objects.visible_to(request.user).filter(lead_proposer=OuterRef("pk"))
    return Mandate.objects.filter(Exists(led)).select_related("delegate")


class SuggestionFilter(RecordFilter):
    search_fields = ("number", "title", "summary", "reply", by_name("lead_proposer__delegate"))
    year = django_filters.NumberFilter("registered_on__year", label="年度")
    session = django_filters.ModelChoiceFilter(
        queryset=_sessions, label="会议", null_label=BETWEEN_SESSIONS
    )
    state = django_filters.ChoiceFilter(choices=State.choices, label="状态")
    lead_unit = django_filters.ModelChoiceFilter(
        queryset=HandlingUnit.objects.all(), label="主办单位", null_label="没有主办单位"
    )
    lead_proposer = django_filters.ModelChoiceFilter(queryset=_leads, label="领衔代表")
    overdue = django_filters.ChoiceFilter(choices=YES, method="by_overdue", label="逾期")
    due_soon = django_filters.ChoiceFilter(choices=YES, method="by_due_soon", label="将到期")

    reported = django_filters.ChoiceFilter(
        choices=[("false", "办结未公布"), ("true", "已公布")],
        method="by_reported",
        label="办理情况报告",
    )

    class Meta:
        model = Suggestion
        fields = []

    def by_reported(self, suggestions, name, chosen):
        if chosen == "true":
            return suggestions.filter(told_in_public())
        return suggestions.filter(~told_in_public(), state=State.CLOSED)

    def by_overdue(self, suggestions, name, chosen):
        return suggestions.overdue(today())

    def by_due_soon(self, suggestions, name, chosen):
        return suggestions.due_soon(today())

    @property
    def overdue_count(self) -> int:
        return self.qs.overdue(today()).count()


class SuggestionList(RecordList):
    def get_context_data(self, **kwargs):
        user = self.request.user
        drafts = SuggestionDraft.objects.visible_to(user)
        waiting = drafts.filter(state=SuggestionDraft.State.SUBMITTED)
        return super().get_context_data(**kwargs) | {
            "may_draft": may_draft(user),
            "waiting_drafts": waiting.count() if roles.keeps_records(user) else 0,
        }


class SuggestionAdd(ActionAdd):
    """提出代表建议."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"title": "提出代表建议"}


class ProposersEdit(ActionEdit):
    def get_context_data(self, **kwargs):
        return super().get_context_data(title="更正提出建议的代表", **kwargs)


class SuggestionPages(RecordPages):
    """A suggestion's own page is that of the item; here it is listed and entered."""

    model = Suggestion
    form_class = ProposersForm
    add_form_class = SuggestionForm
    filter_class = SuggestionFilter
    select_related = ("lead_proposer__delegate", "session__term", "lead_unit")
    measure = "件"
    may_read = staticmethod(reads_suggestions)
    without = frozenset({"detail", "delete"})
    views = {"list": SuggestionList, "add": SuggestionAdd, "edit": ProposersEdit}
    when_empty = "还没有代表建议。"
    columns = (
        Column("编号", "number", ("number",)),
        Column("标题", "title", ("title",), width=40),
        Column("领衔代表", "lead_proposer.delegate", ("lead_proposer__delegate__name",)),
        Column(
            "状态",
            "state_words",
            ("state",),
            width=14,
            state_class=lambda item: item.state_class,
        ),
        Column("期限", "deadline_day", ("deadline",)),
        Column("主办单位", "lead_unit", ("lead_unit",), width=20),
        Column("提出时间", "made_at", ("session__date",), width=22, minor=True),
        Column("登记日期", "registered_on", ("registered_on",), minor=True),
        Column("交办日期", "assigned_on", ("assigned_on",), minor=True),
        Column("答复日期", "replied_on", ("replied_on",), minor=True),
    )

    @classmethod
    def visible_to(cls, user):
        return super().visible_to(user).with_clock(today())


class SuggestionDraftFilter(RecordFilter):
    search_fields = ("title", "content", by_name("lead__delegate"))
    state = django_filters.ChoiceFilter(choices=SuggestionDraft.State.choices, label="状态")

    class Meta:
        model = SuggestionDraft
        fields = []


_COLOURS = {
    SuggestionDraft.State.SUBMITTED: "in-hand",
    SuggestionDraft.State.RETURNED: "due-soon",
    SuggestionDraft.State.REGISTERED: "done",
}


def state_class(draft: SuggestionDraft) -> str:
    return _COLOURS.get(draft.state, "")


class SuggestionDraftPages(RecordPages):
    model = SuggestionDraft
    form_class = SuggestionDraftForm
    filter_class = SuggestionDraftFilter
    select_related = ("lead__delegate", "session__term", "topic", "item")
    measure = "份"
    may_read = staticmethod(reads_suggestions)
    may_edit = staticmethod(may_draft)
    views = {"add": ActionAdd, "edit": ActionEdit}
    when_empty = "还没有代表建议稿。代表登录后起草，提交后列在这里，由人大办公室审核登记。"
    columns = (
        Column("标题", "title", ("title",), width=40),
        Column("领衔代表", "lead.delegate", ("lead__delegate__name",)),
        Column("状态", "get_state_display", ("state",), state_class=state_class),
        Column("提交日期", "submitted_on", ("submitted_on",)),
        Column("代表建议", "item.number", ("item__number",)),
    )
    facts = (
        ("lead", "领衔代表"),
        ("made_at", "提出时间"),
        "topic",
        "state",
        "submitted_on",
        "content",
    )

    @classmethod
    def facts_of(cls, draft, user):
        found = super().facts_of(draft, user)
        if draft.return_reason:
            found.append(("退回的理由", draft.return_reason))
        return found

    @classmethod
    def may_change(cls, user, draft):
        return may_change_draft(user, draft)

    @classmethod
    def may_delete(cls, user, draft):
        return may_change_draft(user, draft)

    @classmethod
    def related(cls, draft, user):
        secondments = list(draft.secondments.select_related("mandate__delegate"))
        asked = [each for each in secondments if each.mandate.delegate.account_id == user.pk]
        is_open = draft.state != SuggestionDraft.State.REGISTERED
        items = Suggestion.objects.visible_to(user).with_clock(today())
        return {
            "secondments": secondments,
            "is_asked": bool(asked) and is_open,
            "has_agreed": any(each.agreed_on for each in asked),
            "item": items.filter(pk=draft.item_id).first() if draft.item_id else None,
            "state_class": state_class(draft),
        }

    @classmethod
    def buttons(cls, draft, user):
        offered = (
            ("提交人大办公室", "submit", may_change_draft),
            ("撤回", "recall", may_recall_draft),
            ("退回修改", "return", may_register_draft),
            ("审核登记", "register", may_register_draft),
        )
        return [
            (label, reverse(f"suggestiondraft_{name}", args=[draft.pk]))
            for label, name, allowed in offered
            if allowed(user, draft)
        ]
