"""Forms of bills: put to a session, decided, voted on, carried out."""

import datetime

from django import forms
from django.core.exceptions import ValidationError

from congress.editing import RecordForm
from congress.models import Session, Township
from congress.periods import today
from delegates.assembly import assembly_on
from delegates.decisions import DecisionForm
from delegates.legal_numbers import BILL_PROPOSERS
from delegates.models import Mandate
from voters.actions import proposers_on, save_bill
from voters.models import Bill, Topic

from .drafts import DelegatesField


class BillForm(RecordForm):
    groups = (
        ("议案", ("session", "title", "cause", "grounds", "scheme")),
        ("提案人", ("proposer_kind", "lead", "seconders")),
        ("收到", ("received_on", "deadline")),
    )
    seconders = DelegatesField(
        label="附议代表",
        required=False,
        help_text=f"代表联名的，连同领衔代表至少{BILL_PROPOSERS}人（地方组织法第二十二条）",
    )

    class Meta:
        model = Bill
        fields = [
            "session",
            "title",
            "cause",
            "grounds",
            "scheme",
            "proposer_kind",
            "lead",
            "received_on",
            "deadline",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = list(self.instance.seconders.values_list("pk", flat=True)) if self._is_old else []
        sessions = Session.objects.exclude(state=Session.State.CANCELLED).select_related("term")
        self.fields["session"].queryset = sessions
        proposers = Mandate.objects.filter(pk__in=[*chosen, self.instance.lead_id]).select_related(
            "delegate"
        )
        for day in self._days():
            proposers = proposers | proposers_on(day)
        self.fields["lead"].queryset = proposers
        self.fields["seconders"].offer(proposers)
        self.initial["seconders"] = chosen
        for name in ("cause", "grounds", "scheme"):
            self.fields[name].widget.attrs["rows"] = 5
        if self._is_old:
            # The number is the session's.
            self.fields["session"].disabled = True
        else:
            self._begin(sessions)

    def _days(self) -> set[datetime.date]:
        """Who was in office then is offered; that it is the right day is asked on saving."""
        days = {today()}
        for name in ("received_on", "session"):
            try:
                value = self.fields[name].clean(self[name].value())
            except ValidationError:
                continue
            days.add(getattr(value, "date", value))
        return days

    @property
    def _is_old(self) -> bool:
        return self.instance.pk is not None

    def _begin(self, sessions) -> None:
        """The session to come or just held, and the deadline that was set for its bills."""
        session = sessions.order_by("-date").first()
        if session is None or "session" in self.initial:
            return
        self.initial["session"] = session.pk
        last = session.bills.order_by("number").last()
        self.initial["deadline"] = last.deadline if last else None

    def save(self):
        return save_bill(
            user=self.user, bill=self.instance, seconders=self.cleaned_data["seconders"]
        )


class DecideBillForm(DecisionForm):
    decision = forms.ChoiceField(label="主席团决定", widget=forms.RadioSelect)
    decided_on = forms.DateField(label="决定日期")
    decision_reason = forms.CharField(
        label="理由",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不列入会议议程的必填",
    )

    def __init__(self, *args, bill: Bill, **kwargs):
        initial = {
            "decision": bill.decision or Bill.Decision.AGENDA,
            "decided_on": bill.decided_on or today(),
            "decision_reason": bill.decision_reason,
        }
        super().__init__(*args, initial=initial, **kwargs)
        joint = bill.proposer_kind == Bill.Proposer.DELEGATES
        self.fields["decision"].choices = [
            (key, label)
            for key, label in Bill.Decision.choices
            if joint or key != Bill.Decision.SUGGESTION
        ]


class VoteForm(DecisionForm):
    voted_on = forms.DateField(label="表决日期")
    all_delegates = forms.IntegerField(label="全体代表", min_value=1)
    votes_for = forms.IntegerField(label="赞成", min_value=0)
    votes_against = forms.IntegerField(label="反对", min_value=0)
    votes_abstained = forms.IntegerField(label="弃权", min_value=0)

    def __init__(self, *args, bill: Bill, **kwargs):
        initial = {name: getattr(bill, name) for name in self.base_fields}
        everybody = assembly_on(bill.session.term_id, bill.day_of_vote, Township.current()).total
        if not bill.voted_on:
            initial |= {"voted_on": min(bill.session.date, today()), "all_delegates": everybody}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields[
            "all_delegates"
        ].help_text = f"会议当日本级全体代表{everybody}名；不论到会与否，赞成须过全体代表的半数"


class WithdrawBillForm(DecisionForm):
    withdrawn_on = forms.DateField(label="撤回日期")


class CarryOutBillForm(DecisionForm):
    title = forms.CharField(label="标题", max_length=100)
    topic = forms.ModelChoiceField(label="类别", queryset=Topic.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.in_use()
