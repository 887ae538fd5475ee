"""Forms of delegates' suggestions: entered by the office, drafted by a delegate, registered."""

from django import forms

from congress.editing import RecordForm
from congress.models import Session
from congress.periods import today
from delegates.decisions import DecisionForm
from delegates.models import Mandate
from voters.actions import correct_proposers, proposers_on, register_suggestion, save_draft
from voters.models import FeedbackItem, Suggestion, SuggestionDraft, Topic

from .drafts import DelegatesField, LeadField

_SPECIFIC = "写明具体问题、依据和解决的意见（代表法第二十四条、第三十六条）"


def offer_sessions(field: forms.ModelChoiceField) -> None:
    """Those that take place or took place; without one it is between sessions."""
    field.queryset = Session.objects.exclude(state=Session.State.CANCELLED).select_related("term")
    field.empty_label = "闭会期间"
    field.help_text = ""


class SuggestionForm(RecordForm):
    """提出代表建议, by the office for the delegates."""

    groups = (
        ("提出建议的代表", ("lead_proposer", "seconders", "session")),
        ("建议", ("topic", "title", "summary")),
    )
    lead_proposer = LeadField()
    seconders = DelegatesField(
        label="附议代表", required=False, help_text="没有附议的不选；领衔代表不必再勾选"
    )

    class Meta:
        model = FeedbackItem
        fields = ["lead_proposer", "session", "topic", "title", "summary"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_office = proposers_on(self._day())
        self.fields["lead_proposer"].queryset = in_office
        self.fields["seconders"].offer(in_office)
        self.fields["topic"].queryset = Topic.objects.in_use()
        self.fields["title"].help_text = "一事一议，如：关于修复村口道路的建议"
        self.fields["summary"].help_text = _SPECIFIC
        self.fields["summary"].widget.attrs["rows"] = 6
        offer_sessions(self.fields["session"])
        self.instance.source = FeedbackItem.Source.DELEGATE

    def _day(self):
        """That on which the proposers must be in office."""
        chosen = self.data.get(self.add_prefix("session")) if self.is_bound else ""
        if chosen and chosen.isdecimal():
            session = Session.objects.filter(pk=chosen).first()
            if session:
                return session.date
        return today()

    def save(self):
        return register_suggestion(
            user=self.user, item=self.instance, seconders=self.cleaned_data["seconders"]
        )


class ProposersForm(RecordForm):
    """Who leads and seconds a registered suggestion, and where it was made, put right."""

    lead_proposer = LeadField()
    seconders = DelegatesField(label="附议代表", required=False)

    class Meta:
        model = Suggestion
        fields = ["lead_proposer", "session"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        item = self.instance
        chosen = list(item.proposers.values_list("pk", flat=True))
        day = item.session.date if item.session_id else item.registered_on
        offered = proposers_on(day) | Mandate.objects.filter(pk__in=chosen).select_related(
            "delegate"
        )
        self.fields["lead_proposer"].queryset = offered
        self.fields["seconders"].offer(offered)
        self.initial["seconders"] = [key for key in chosen if key != item.lead_proposer_id]
        offer_sessions(self.fields["session"])
        self.order_fields(["lead_proposer", "seconders", "session"])

    def save(self):
        return correct_proposers(
            user=self.user, item=self.instance, seconders=self.cleaned_data["seconders"]
        )


class SuggestionDraftForm(RecordForm):
    """What the delegate writes, and who is asked to second it."""

    seconders = DelegatesField(
        label="请哪些代表附议",
        required=False,
        help_text="可以不选；提交前后，被邀请的代表都可以登录表示同意",
    )

    class Meta:
        model = SuggestionDraft
        fields = ["topic", "title", "content", "session"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = proposers_on(today()).exclude(delegate__account=self.user)
        self.fields["seconders"].offer(others)
        self.fields["topic"].queryset = Topic.objects.in_use(besides=self.instance.topic_id)
        self.fields["content"].widget.attrs["rows"] = 8
        offer_sessions(self.fields["session"])
        if self.instance.pk:
            self.initial["seconders"] = list(
                self.instance.secondments.values_list("mandate", flat=True)
            )

    def save(self):
        return save_draft(
            user=self.user, draft=self.instance, seconders=self.cleaned_data["seconders"]
        )


class RegisterDraftForm(DecisionForm):
    """The office's check: what it is called and filed under, and who seconds it."""

    title = forms.CharField(label="标题", max_length=100)
    topic = forms.ModelChoiceField(label="类别", queryset=Topic.objects.none())
    session = forms.ModelChoiceField(
        label="提出时的会议", queryset=Session.objects.none(), required=False
    )
    seconders = DelegatesField(
        label="附议代表",
        required=False,
        help_text="已勾选的是本人表示同意的；书面签名同意的可以补勾",
    )

    def __init__(self, *args, draft: SuggestionDraft, **kwargs):
        agreed = draft.secondments.filter(agreed_on__isnull=False)
        initial = {
            "title": draft.title,
            "topic": draft.topic_id,
            "session": draft.session_id,
            "seconders": list(agreed.values_list("mandate", flat=True)),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["topic"].queryset = Topic.objects.in_use(besides=draft.topic_id)
        offer_sessions(self.fields["session"])
        self.fields["seconders"].offer(proposers_on(today()).exclude(pk=draft.lead_id))


class ReturnDraftForm(DecisionForm):
    reason = forms.CharField(
        label="退回的理由",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明须怎样修改，代表本人可以看到",
    )
