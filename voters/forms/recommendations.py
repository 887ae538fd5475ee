"""The form that takes up a recommendation of an activity as an item."""

from django import forms

from congress.numerals import without_stop
from congress.periods import today
from delegates.decisions import DecisionForm
from groups.models import Attendance, Recommendation
from voters.actions import proposers_on
from voters.models import FeedbackItem, Topic
from voters.recognition import most_similar

from .drafts import DelegatesField, LeadField

#: A topic is proposed where so much of its name stands in the recommendation.
_LIKELY_TOPIC = 0.5
_Source = FeedbackItem.Source


class TakeUpRecommendationForm(DecisionForm):
    """What the item is to be called; a suggestion is proposed by delegates who were there."""

    source = forms.ChoiceField(
        label="转为",
        choices=[(_Source.INSPECTION, "意见建议"), (_Source.DELEGATE, "代表建议")],
        widget=forms.RadioSelect,
        help_text="代表建议由代表提出，按代表法第五十一条的期限答复",
    )
    topic = forms.ModelChoiceField(label="类别", queryset=Topic.objects.none())
    title = forms.CharField(
        label="标题", max_length=FeedbackItem._meta.get_field("title").max_length
    )
    summary = forms.CharField(label="内容", widget=forms.Textarea(attrs={"rows": 4}))
    lead_proposer = LeadField(required=False)
    seconders = DelegatesField(label="附议代表", required=False, help_text="没有附议的不选")

    def __init__(self, *args, recommendation: Recommendation, **kwargs):
        text = recommendation.text
        topics = Topic.objects.in_use()
        named = most_similar(text, [(each, each.name) for each in topics], at_least=_LIKELY_TOPIC)
        title = self.base_fields["title"]
        initial = {
            "source": _Source.INSPECTION,
            "topic": named[0][0].pk if named else None,
            "title": without_stop(text).splitlines()[0][: title.max_length],
            "summary": text,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["topic"].queryset = topics
        there = self._there(recommendation)
        self.fields["lead_proposer"].queryset = there
        self.fields["seconders"].offer(there)

    def _there(self, recommendation: Recommendation):
        """Delegates of the township who were present; all of them where nobody was marked."""
        present = Attendance.objects.filter(
            activity=recommendation.activity, status=Attendance.Status.PRESENT
        )
        in_office = proposers_on(today())
        there = in_office.filter(pk__in=present.values("mandate"))
        if there.exists():
            self.fields["lead_proposer"].help_text = "转为代表建议的填写；列出的是出席活动的代表"
            return there
        self.fields[
            "lead_proposer"
        ].help_text = "转为代表建议的填写；这次活动没有登记出席，列出的是全体在任代表"
        return in_office

    def clean(self):
        """What the action takes: without a lead proposer it is no suggestion."""
        cleaned = super().clean()
        source = cleaned.pop("source", "")
        lead = cleaned.get("lead_proposer")
        if source == _Source.DELEGATE and not lead and "lead_proposer" not in self.errors:
            self.add_error("lead_proposer", "转为代表建议的，须选择领衔代表。")
        elif source == _Source.INSPECTION and (lead or cleaned.get("seconders")):
            self.add_error("source", "选了代表的须转为代表建议；转为意见建议的不选代表。")
        return cleaned
