"""Forms of activity rooms, their checklist and checks."""

from django import forms
from django.db.models import Q

from congress.attachments import MOST_AT_ONCE
from congress.editing import RecordForm
from congress.fields import prepare
from congress.periods import holds_on, today
from congress.uploads import UploadsField
from delegates.decisions import DecisionForm
from groups import room_actions
from groups.models import ActivityRoom, DelegateGroup, RoomCheck, RoomItem, RoomResult
from groups.room_state import states_of

FOUND = (("met", "有"), ("missing", "缺"), ("", "未查"))


class ActivityRoomForm(RecordForm):
    class Meta:
        model = ActivityRoom
        fields = ["group", "name", "place", "start", "end", "end_reason"]
        labels = {"start": "启用日期", "end": "停用日期"}
        help_texts = {"end": "自该日起不再使用；仍在使用的留空"}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("end_reason") and not cleaned.get("end"):
            self.add_error("end", "写明了停用原因的，请填写停用日期；仍在使用的，两项都留空。")
        start, end = cleaned.get("start"), cleaned.get("end")
        checks = self.instance.checks.order_by("day") if self.instance.pk else None
        if checks and start and (first := checks.first()) and first.day < start:
            self.add_error("start", f"{first.day}已有检查记录，启用日期不能晚于这一天。")
        if checks and end and (last := checks.last()) and last.day >= end:
            self.add_error("end", f"{last.day}还有检查记录，停用日期须晚于这一天。")
        return cleaned


class RoomItemForm(RecordForm):
    class Meta:
        model = RoomItem
        fields = ["title", "requirement", "position", "start", "end"]
        labels = {"start": "启用日期", "end": "停用日期"}
        help_texts = {
            "start": "自该日起要求各活动室具备",
            "end": "自该日起不再要求；以往的检查结果保留",
        }


class RoomCheckForm(RecordForm):
    """What was found of each item in use, with photos; what was not looked at stays as it was."""

    class Meta:
        model = RoomCheck
        fields = ["room", "day", "checked_by", "remark"]
        help_texts = {"checked_by": "到场查看的人"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.files_written = []
        rooms = ActivityRoom.objects.visible_to(self.user).select_related("group")
        room, before, results = self.fields["room"], {}, {}
        if self.instance.pk:
            room.disabled = True
            results = {each.item_id: each for each in self.instance.results.all()}
        else:
            rooms = rooms.holding_on(today())
            self.initial.setdefault("checked_by", self.user.name)
            before = self._found_before(rooms)
            self.fields["attachments"] = UploadsField(
                label="照片", most=MOST_AT_ONCE, required=False
            )
        room.queryset = rooms
        room.label_from_instance = lambda each: f"{each.group}：{each}"
        items = RoomItem.objects.filter(holds_on(today()) | Q(pk__in=results)).distinct()
        self.items = [self._add_item(item, results.get(item.pk), before) for item in items]

    def _found_before(self, rooms) -> dict:
        """What was found last in the room that the address names."""
        chosen = [each for each in rooms if str(each.pk) == str(self.initial.get("room"))]
        return {
            point.item.pk: f"上次（{point.day}）：{point.word}"
            for state in states_of(chosen, today())
            for point in state.points
            if point.result
        }

    def _add_item(self, item: RoomItem, result: RoomResult | None, before: dict):
        """(item, name of its field, name of its remark's field, what was found last)."""
        found, remark = f"item_{item.pk}", f"remark_{item.pk}"
        self.fields[found] = forms.ChoiceField(
            label=item.title, choices=FOUND, required=False, widget=forms.RadioSelect
        )
        self.fields[remark] = forms.CharField(
            label=f"{item.title}的说明", max_length=100, required=False
        )
        prepare(self.fields[remark])
        if result:
            self.initial[found] = "met" if result.met else "missing"
            self.initial[remark] = result.remark
        else:
            self.initial.setdefault(found, "")
        return item, found, remark, before.get(item.pk, "")

    def item_rows(self):
        """What the template shows of each item."""
        return [
            (item, self[found], self[remark], before) for item, found, remark, before in self.items
        ]

    @property
    def first_fields(self):
        return [self[name] for name in ("room", "day", "checked_by")]

    @property
    def last_fields(self):
        return [self[name] for name in ("attachments", "remark") if name in self.fields]

    def results(self) -> list[RoomResult]:
        given = self.cleaned_data
        return [
            RoomResult(item=item, met=given[found] == "met", remark=given[remark])
            for item, found, remark, _ in self.items
            if given.get(found)
        ]

    def clean(self):
        cleaned = super().clean()
        for item, found, remark, _ in self.items:
            if cleaned.get(remark) and not cleaned.get(found):
                self.add_error(remark, f"写了{item}的说明，请同时选定有或者缺。")
        return cleaned

    def save(self, commit=True):
        return room_actions.record_check(
            by=self.user,
            room_check=self.instance,
            results=self.results(),
            files=self.files_written,
        )


class SucceedForm(DecisionForm):
    on = forms.DateField(label="日期", help_text="自该日起启用新的活动室，原活动室停用")
    group = forms.ModelChoiceField(DelegateGroup.objects.none(), label="代表小组")
    name = forms.CharField(label="活动室名称", max_length=100)
    place = forms.CharField(label="活动室地点", max_length=100)
    because = forms.CharField(
        label="原因", max_length=100, help_text="如：迁往村部新址、小组重新划分"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = DelegateGroup.objects.holding_on(today())
