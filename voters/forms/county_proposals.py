"""Forms of what goes up to the county congress."""

import datetime

from django import forms
from django.db.models import Q

from congress.editing import RecordForm
from congress.periods import today
from delegates.decisions import DecisionForm
from delegates.models import Mandate
from groups.models import Recommendation
from voters.actions import county_delegates_on, save_county_proposal
from voters.models import CountyProposal, FeedbackItem
from voters.states import Route

from .drafts import DelegatesField

#: Recommendations of so many days past are offered.
_LATELY = datetime.timedelta(days=730)


class CountyProposalForm(RecordForm):
    groups = (
        ("内容", ("kind", "title", "content")),
        ("县人代会", ("year", "session_words", "session_date", "lead", "seconders")),
        ("来源", ("items", "recommendations", "drafted_on")),
    )
    seconders = DelegatesField(label="附议县代表", required=False)

    class Meta:
        model = CountyProposal
        fields = [
            "kind",
            "title",
            "content",
            "year",
            "session_words",
            "session_date",
            "lead",
            "items",
            "recommendations",
            "drafted_on",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        proposal, day = self.instance, today()
        is_old = proposal.pk is not None
        chosen = list(proposal.seconders.values_list("pk", flat=True)) if is_old else []
        delegates = county_delegates_on(day) | Mandate.objects.filter(
            pk__in=[*chosen, proposal.lead_id]
        ).select_related("delegate")
        self.fields["lead"].queryset = delegates
        self.fields["seconders"].offer(delegates)
        self.initial["seconders"] = chosen
        self.fields["content"].widget.attrs["rows"] = 8
        if not is_old:
            self.initial.setdefault("year", day.year + 1)
        self._offer("items", self._items(), "已上报县级的意见建议；没有的不选")
        self._offer("recommendations", self._recommendations(), "近两年活动提出的；没有的不选")

    def _items(self):
        """Those handed up, and what the address or the record names."""
        named = self.initial.get("items") or []
        named = named if isinstance(named, list) else [named]
        keys = [getattr(each, "pk", each) for each in named]
        keys = [key for key in keys if str(key).isdecimal()]
        self.initial["items"] = keys
        items = FeedbackItem.objects.visible_to(self.user)
        return items.filter(Q(route=Route.ABOVE) | Q(pk__in=keys))

    def _recommendations(self):
        recent = Recommendation.objects.filter(activity__date__gte=today() - _LATELY)
        if self.instance.pk:
            recent = recent | Recommendation.objects.filter(county_proposals=self.instance)
        return recent.distinct().order_by("-activity__date", "pk")

    def _offer(self, name: str, records, words: str) -> None:
        field = self.fields[name]
        field.queryset = records
        field.widget = forms.CheckboxSelectMultiple()
        field.widget.choices = field.choices
        field.help_text = words

    def save(self):
        given = {
            name: self.cleaned_data[name] for name in ("seconders", "items", "recommendations")
        }
        if self.instance.pk:
            # What was told in confidence to others stays where they put it.
            seen = FeedbackItem.objects.visible_to(self.user)
            given["items"] = [*given["items"], *self.instance.items.exclude(pk__in=seen)]
        return save_county_proposal(user=self.user, proposal=self.instance, **given)


class SubmitForm(DecisionForm):
    submitted_on = forms.DateField(label="提交日期")


class AnswerForm(DecisionForm):
    state = forms.ChoiceField(
        label="结果",
        choices=[
            (state.value, state.label)
            for state in (CountyProposal.State.ANSWERED, CountyProposal.State.DECLINED)
        ],
        widget=forms.RadioSelect,
    )
    replied_on = forms.DateField(label="答复日期")
    reply = forms.CharField(label="答复", widget=forms.Textarea(attrs={"rows": 4}))
