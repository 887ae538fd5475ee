"""Steps of the answer: given, told, found good or not, given again."""

from django import forms
from django.utils.functional import cached_property

from congress.periods import today
from voters.deadlines import Deadlines
from voters.models import FeedbackItem
from voters.outcomes import COMMITTING, outcome_choices
from voters.reply_text import filled, offered_templates
from voters.states import State

from .attaching import AttachingForm
from .drafts import DraftForm
from .item_step import PARAGRAPHS, ItemStepForm
from .rules import grades, offer_grades

_GRADES = ("process_satisfaction", "result_satisfaction")
_OF_GROUP = ("group_told_on", "group_told_how", "group_teller", "group_untold_reason")
#: Usual reasons why somebody was not told.
UNTOLD = ("匿名反映", "已迁离无法联系", "本人已去世", "多次联系不上")


def offer_outcomes(form: ItemStepForm) -> None:
    """The township's own names of the outcomes, all in view."""
    form.fields["outcome"].choices = outcome_choices()
    form.ask_by_radio("outcome")


class SpotForm(ItemStepForm):
    step = "answer_on_spot"
    groups = (("答复", ("replied_on", "outcome", "reply")),)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_outcomes(self)
        self.fields["reply"].widget.attrs["rows"] = PARAGRAPHS

    def beginning(self):
        day = self.instance.visit.day.date if self.instance.visit_id else today()
        answer = self.instance.visit.answer if self.instance.visit_id else ""
        return {"replied_on": day, "reply": answer, "outcome": FeedbackItem.Outcome.EXPLAINED}


class ReplyForm(AttachingForm, DraftForm):
    """With the usual words of the topic to begin with; B and C promise something by a day."""

    step = "reply"
    groups = (
        ("办理结果", ("outcome", "replied_on")),
        ("答复", ("template", "reply", "attachments")),
        ("结果为B、C的承诺", ("commitment", "promised_on")),
    )
    template = forms.ChoiceField(
        label="答复模板", required=False, help_text="选用后可以修改；【】中须补写的，提交前要补全"
    )
    commitment = forms.CharField(
        label="承诺事项",
        required=False,
        widget=forms.Textarea,
        help_text="还要做什么；结果类别为A、D的不填",
    )
    promised_on = forms.DateField(
        label="承诺期限", required=False, help_text="到期提醒，跨年度也一样"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_outcomes(self)
        self.fields["reply"].widget.attrs["rows"] = PARAGRAPHS
        if self.templates:
            self._offer_templates()
        else:
            del self.fields["template"]

    @cached_property
    def templates(self):
        return list(offered_templates(self.instance))

    def _offer_templates(self) -> None:
        """By outcome; those of the item's topic and those for every topic."""
        choices: list = [("", "不用模板")]
        for letter, label in self.fields["outcome"].choices:
            own = [(str(each.pk), each.title) for each in self.templates if each.outcome == letter]
            if own:
                choices.append((label, own))
        self.fields["template"].choices = choices

    @property
    def template_texts(self) -> dict[str, dict[str, str]]:
        """Outcome and text of each template, with what is known of the item filled in."""
        return {
            str(each.pk): {
                "outcome": each.outcome,
                "text": filled(each.text, self.instance, self.user),
            }
            for each in self.templates
        }

    def beginning(self):
        return {"replied_on": today(), "outcome": "", "reply": ""}

    def about(self):
        item = self.instance
        if item.state != State.REOPENED:
            return []
        return [(f"{item.asker}不满意的原因", item.dissatisfaction)]

    @property
    def changes(self):
        """Only what is still to come is promised: B and C, see ``step_rules.reply``."""
        aside = {"template"}
        if self.cleaned_data.get("outcome") not in COMMITTING:
            aside |= {"commitment", "promised_on"}
        return {name: value for name, value in super().changes.items() if name not in aside}


class InformForm(ItemStepForm):
    """Group and voter apart: the day, the way and by whom, or the reason why not.

    Delegates are told what they asked themselves; there is no group between.
    """

    step = "inform"
    datalists = {"untold": UNTOLD}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        by_voter = self.instance.asker == "选民"
        example = "匿名反映" if by_voter else "已离任，无法联系"
        for name in ("group_untold_reason", "voter_untold_reason"):
            self.fields[name].widget.attrs["list"] = "untold"
            self.fields[name].help_text = f"确实无法告知的填写，如：{example}"
        for name in ("group_teller", "voter_teller"):
            self.fields[name].help_text = "不填则为本人"
        if not by_voter:
            for name in _OF_GROUP:
                del self.fields[name]

    @property
    def groups(self):
        asker = "提出建议的代表" if self.instance.is_suggestion else self.instance.asker
        return (
            ("代表小组", _OF_GROUP),
            (asker, ("voter_told_on", "told_by", "voter_teller", "voter_untold_reason")),
        )


class GradedForm(ItemStepForm):
    """The voter's verdict on the process and on the result."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in _GRADES:
            if name in self.fields:
                offer_grades(self, name, required=True)
                self.ask_by_radio(name)


class CloseForm(GradedForm):
    """Nobody gives a verdict who could not be told."""

    step = "close"
    groups = (("选民满意度", _GRADES),)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.voter_untold_reason:
            for name in _GRADES:
                del self.fields[name]
        del self.fields["dissatisfaction"]

    def about(self):
        return [(f"未告知{self.instance.asker}的理由", self.instance.voter_untold_reason)]

    @property
    def is_dissatisfied(self) -> bool:
        """Whether what was filled in leads to handling again."""
        return grades()[-1] in [self.cleaned_data.get(name) for name in _GRADES]


class ReopenForm(GradedForm):
    step = "reopen"
    groups = (
        ("选民满意度", (*_GRADES, "dissatisfaction")),
        ("再次办理", ("extended_to",)),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["extended_to"].label = "再办期限"

    def beginning(self):
        item = self.instance
        deadlines = Deadlines.since(today())
        self.fields[
            "extended_to"
        ].help_text = f"按规定自今日起{deadlines.township.redo_months}个月，可以修改"
        return {
            "extended_to": deadlines.redo(item, today()).day,
            "process_satisfaction": item.process_satisfaction,
            "result_satisfaction": grades()[-1],
            "dissatisfaction": "",
        }


class TakeUpForm(ItemStepForm):
    step = "take_up"

    def beginning(self):
        return {"dissatisfaction": ""}
