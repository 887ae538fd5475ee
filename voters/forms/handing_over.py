"""Steps that say who handles an item: assigned, returned, merged, handed on, refused."""

import datetime

from django import forms
from django.db.models import Exists, OuterRef

from congress.periods import today
from voters.actions import proposers_on
from voters.asked_again import asked_before
from voters.deadlines import Deadlines
from voters.item_numbers import item_number
from voters.models import FeedbackItem, HandlingUnit, Visit

from .drafts import DelegatesField, LeadField
from .item_step import PARAGRAPHS, ItemStepForm
from .rules import offer_units, require_responsible


class AssignForm(ItemStepForm):
    step = "assign"
    groups = (
        ("承办单位", ("lead_unit", "responsible", "co_units")),
        ("时限", ("due_on", "urgency", "is_wide")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible"].help_text = "不填则为该单位的联系人"
        self.fields["urgency"].required = False
        offer_units(self.fields["co_units"])
        if self.instance.is_due_in_months:
            due = self._due_if_wide()
            self.fields["is_wide"].help_text = f"期限延为{due}，须在说明中写明理由"
        else:
            del self.fields["is_wide"]

    def beginning(self):
        due = Deadlines.since(today()).of(self.instance, today())
        if not due.is_certain:
            self.fields[
                "due_on"
            ].help_text = f"{due.day.year}年放假安排未公布，按周一至周五推算，请核对"
        return {"due_on": due.day}

    def clean_urgency(self):
        return self.cleaned_data["urgency"] or self.instance.urgency

    def clean(self):
        data = super().clean()
        require_responsible(self, data.get("lead_unit"), data.get("responsible"))
        if data.get("is_wide") and data.get("due_on") == self.initial["due_on"]:
            data["due_on"] = self._due_if_wide()
        return data

    def _due_if_wide(self) -> datetime.date:
        wide = FeedbackItem(source=self.instance.source, is_wide=True)
        return Deadlines.since(today()).of(wide, today()).day


class ReassignForm(AssignForm):
    """改办: another unit, or the same with another person; with the reason."""

    step = "reassign"

    def beginning(self):
        item = self.instance
        returned = f"{item.lead_unit}退回，应由{item.right_unit}办理" if item.right_unit_id else ""
        return super().beginning() | {
            "responsible": "",
            "lead_unit": item.right_unit_id or item.lead_unit_id,
            "note": returned,
        }

    def about(self):
        item = self.instance
        now = [("现主办单位", str(item.lead_unit or ""))]
        if not item.returned_on:
            return now
        returned = item.steps.filter(kind="send_back").last()
        return [
            *now,
            ("退回日期", item.returned_on.isoformat()),
            ("退回原因", item.get_return_kind_display()),
            ("退回说明", returned.note if returned else ""),
        ]


class SendBackForm(ItemStepForm):
    """退回: the right unit, or the reason in words."""

    step = "send_back"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask_by_radio("return_kind")
        unit = self.fields["right_unit"]
        unit.queryset = HandlingUnit.objects.exclude(pk=self.instance.lead_unit_id)
        unit.help_text = "不属于本单位职责的必选"
        self.fields["note"].label = "退回的理由"
        self.fields["note"].help_text = "其他原因退回的必填"

    def beginning(self):
        return {"return_kind": "", "right_unit": None}

    def about(self):
        if not self.instance.assigned_on:
            return []
        deadlines = Deadlines.since(self.instance.assigned_on)
        last_day = deadlines.last_day_to_return(self.instance.assigned_on)
        days = deadlines.township.return_limit_days
        return [("退回期限", f"{last_day}（交办后{days}个工作日）")]


class ItemNumberField(forms.CharField):
    """One of the ``items``, which the form sets, named by its number, typed as on paper."""

    items = FeedbackItem.objects.none()

    def clean(self, value):
        typed = super().clean(value)
        number = item_number(typed, today().year)
        found = self.items.filter(number__iexact=number).first()
        if typed and not found:
            raise forms.ValidationError(f"没有编号为{number}的意见建议，请核对。")
        return found


class MergeForm(ItemStepForm):
    """The main item is one of those that ask the same, or named by its number."""

    step = "merge"
    groups = (("主件", ("alike", "follows")),)
    alike = forms.ChoiceField(label="可能是同一件事", required=False, widget=forms.RadioSelect)
    follows = ItemNumberField(
        label="并入的编号",
        max_length=30,
        help_text="主件的编号，如：2020-J001；主件须尚未答复，答复后仍须分别告知各选民",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["follows"].items = FeedbackItem.objects.visible_to(self.user)
        # Many that are merged together have no earlier ones in common.
        asked = asked_before(self.instance, self.user).open if self.instance.pk else []
        found = [earlier.item for earlier in asked]
        if not found:
            del self.fields["alike"]
            return
        self.fields["alike"].choices = [(item.number, _likeness(item)) for item in found]
        self.fields["follows"].required = False
        self.fields["follows"].label = "或者填写并入的编号"

    def beginning(self):
        return {"follows": ""}

    def clean(self):
        """A number that was typed comes before what was ticked."""
        data = super().clean()
        chosen = data.pop("alike", "")
        if not self.errors and not data["follows"]:
            data["follows"] = self.fields["follows"].items.filter(number=chosen).first()
            if not data["follows"]:
                self.add_error("follows", "请选择一条，或者填写并入的编号。")
        return data


def _likeness(item: FeedbackItem) -> str:
    unit = f"，{item.lead_unit}" if item.lead_unit else ""
    return f"{item}（{item.registered_on}登记，{item.get_state_display()}{unit}）"


class SuggestForm(ItemStepForm):
    """Those who received the voter come first; others may join. One of them leads."""

    step = "suggest"
    lead_proposer = LeadField(required=False, help_text="不选的，由勾选的第一位领衔")
    proposers = DelegatesField(label="接待这位选民的代表", required=False)
    others = DelegatesField(label="其他联名代表", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        received = Visit.received_by.through.objects.filter(
            visit=self.instance.visit_id, mandate=OuterRef("pk")
        )
        in_office = proposers_on(today())
        self.fields["lead_proposer"].queryset = in_office
        self.fields["proposers"].offer(in_office.filter(Exists(received)))
        self.fields["others"].offer(in_office.exclude(Exists(received)))
        if not self.instance.visit_id:
            del self.fields["proposers"]

    def beginning(self):
        if "proposers" not in self.fields or not self.instance.visit_id:
            return {}
        return {"proposers": list(self.instance.visit.received_by.values_list("pk", flat=True))}

    @property
    def changes(self):
        chosen = [
            mandate
            for name in ("proposers", "others")
            for mandate in self.cleaned_data.get(name) or ()
        ]
        return {
            "proposers": chosen,
            "lead_proposer": self.cleaned_data["lead_proposer"],
            "note": self.cleaned_data["note"],
        }


class EscalateForm(ItemStepForm):
    step = "escalate"

    def beginning(self):
        return {"due_on": Deadlines.since(today()).of(self.instance, today()).day}


class RejectForm(ItemStepForm):
    step = "reject"
    groups = (
        ("不予受理", ("reply",)),
        ("告知选民", ("voter_told_on", "told_by")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reply = self.fields["reply"]
        reply.label = "理由和去向"
        reply.help_text = "为什么不予受理，选民可以向哪里反映；如：已进入诉讼程序，请向法院反映"
        reply.widget.attrs["rows"] = PARAGRAPHS
        self.fields["voter_told_on"].help_text = "已经告知的填写，未告知的以后办理“告知”"
