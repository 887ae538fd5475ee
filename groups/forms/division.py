"""Forms of a division: making one, placing on its board, confirming it."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max

from congress.editing import OUTDATED, RecordForm
from congress.models import Term
from congress.numerals import group_name
from congress.periods import today
from delegates.decisions import DecisionForm
from groups.division.board import Board, Place, Placing
from groups.division.confirming import Confirmation
from groups.division.proposals import MOST_GROUPS
from groups.division.saving import make
from groups.models import DelegateGroup, Division, Post

GIVE_UP = "0"


class DivisionForm(RecordForm):
    """Of a draft; where it began is no longer asked."""

    class Meta:
        model = Division
        fields = ["term", "start", "note"]

    def clean(self):
        cleaned = super().clean()
        term, start = cleaned.get("term"), cleaned.get("start")
        if term and start and start < term.first_day:
            self.add_error("start", f"起始日期不能早于本届任期起始（{term.first_day}）。")
        return cleaned


class DivisionAddForm(DivisionForm):
    count = forms.IntegerField(
        label="小组个数",
        min_value=1,
        max_value=MOST_GROUPS,
        help_text="照原来的分组时不用填，组数照旧；编组时还可以增减",
        required=False,
    )

    class Meta(DivisionForm.Meta):
        fields = ["term", "start", "way", "count", "note"]
        widgets = {"way": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        term = Term.objects.first()
        self.fields["term"].initial = term
        self.fields["start"].initial = today()
        groups = DelegateGroup.objects.holding_on(today())
        self.fields["count"].initial = groups.aggregate(n=Max("ordinal"))["n"]
        self.fields["way"].help_text = (
            "照原来的：村和连任的代表留在原来的组。按村和选区：相邻的村编在一组、人口相近，"
            "代表随选区名称中的村。都只是初稿，编组时逐个调整，确认以前什么也不改变"
        )

    def clean(self):
        cleaned = super().clean()
        needed = cleaned.get("way") != Division.Way.LAST and "count" not in self.errors
        if needed and not cleaned.get("count"):
            self.add_error("count", "请填写分几个小组。")
        return cleaned

    def save(self, commit=True):
        count = self.cleaned_data["count"] or 1
        return make(by=self.user, division=self.instance, count=count)


class BoardForm(forms.Form):
    """What the board sends: a select for each card, a post for each person, staff by group.

    ``seen`` is how everything stood when the page was opened, so that two editors are told apart.
    """

    seen = forms.JSONField(
        widget=forms.HiddenInput, error_messages={"required": OUTDATED, "invalid": OUTDATED}
    )

    def __init__(self, *args, board: Board, **kwargs):
        super().__init__(*args, **kwargs)
        self.board = board
        self.initial["seen"] = _told(board.placing)

    def clean_seen(self) -> Placing:
        seen = self.cleaned_data["seen"]
        try:
            return Placing(
                {int(key): int(ordinal) for key, ordinal in seen["villages"].items()},
                {int(key): Place(int(o), str(post)) for key, (o, post) in seen["people"].items()},
                {int(ordinal): str(name) for ordinal, name in seen["staff"].items()},
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValidationError(OUTDATED) from error

    @property
    def typed(self) -> Placing:
        """What was chosen; a card that was not sent stays as it was seen."""
        seen = self.cleaned_data["seen"]
        placing = Placing(staff=dict(seen.staff))
        for village in self.board.villages:
            if ordinal := self._ordinal(f"v{village.pk}", seen.villages.get(village.pk)):
                placing.villages[village.pk] = ordinal
        for person in self.board.people:
            was = seen.people.get(person.key)
            ordinal = self._ordinal(f"d{person.key}", was and was.ordinal)
            post = self.data.get(f"p{person.key}", was.post if was else Post.MEMBER.value)
            if ordinal:
                known = post in Post.values
                placing.people[person.key] = Place(ordinal, post if known else Post.MEMBER.value)
        for ordinal in self.board.ordinals:
            if f"s{ordinal}" in self.data:
                placing.staff.pop(ordinal, None)
                if name := self.data[f"s{ordinal}"].strip()[:50]:
                    placing.staff[ordinal] = name
        return placing

    def _ordinal(self, name: str, was: int | None) -> int | None:
        sent = self.data.get(name)
        if sent is None:
            return was
        return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 5 else None

    def adopt(self) -> tuple[Placing, list[tuple[str, str, str]]]:
        """Take over what others saved, except where both changed the same; those are told."""
        typed, seen, stored = self.typed, self.cleaned_data["seen"], self.board.placing
        villages = {village.pk: str(village) for village in self.board.villages}
        people = {person.key: person.delegate.name for person in self.board.people}
        staff = {each: f"{group_name(each)}工作人员联系员" for each in self.board.ordinals}
        differing: list[tuple[str, str, str]] = []
        merged = Placing(
            _adopted(typed.villages, seen.villages, stored.villages, villages, differing),
            _adopted(typed.people, seen.people, stored.people, people, differing),
            _adopted(typed.staff, seen.staff, stored.staff, staff, differing),
        )
        known = self.board.groups
        merged.villages = {key: each for key, each in merged.villages.items() if each in known}
        merged.people = {key: each for key, each in merged.people.items() if each.ordinal in known}
        self.data = self.data.copy()
        self.data["seen"] = self.fields["seen"].prepare_value(_told(stored))
        return merged, differing


def _told(placing: Placing) -> dict:
    return {"villages": placing.villages, "people": placing.people, "staff": placing.staff}


def _adopted(mine: dict, seen: dict, stored: dict, names: dict, differing: list) -> dict:
    merged = {}
    for key, name in names.items():
        chosen = mine.get(key)
        if chosen == seen.get(key):
            chosen = stored.get(key)
        elif stored.get(key) not in (seen.get(key), chosen):
            differing.append((name, _words(stored.get(key)), _words(chosen)))
        if chosen:
            merged[key] = chosen
    return merged


def _words(place: Place | int | str | None) -> str:
    if isinstance(place, Place):
        return place.words
    if isinstance(place, int):
        return group_name(place)
    return place or "未编入"


class ConfirmForm(DecisionForm):
    """A box for each warning, a reason where a village is left out, a group for each room."""

    seen = forms.CharField(widget=forms.HiddenInput, error_messages={"required": OUTDATED})

    def __init__(self, *args, confirmation: Confirmation, **kwargs):
        self.confirmation = confirmation
        self.base_fields = dict(self.base_fields)
        super().__init__(*args, **kwargs)
        self.initial["seen"] = confirmation.fingerprint
        if confirmation.unplaced_villages:
            self.fields["reason"] = forms.CharField(
                label=f"{confirmation.unplaced_villages}没有编入小组的原因",
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": "请写明原因，或回到编组页面把村编入。"},
            )
        for notice in confirmation.warnings:
            self.fields[f"tick_{notice.key}"] = forms.BooleanField(
                label=notice.words,
                error_messages={"required": "请核对后勾选，或回到编组页面调整。"},
            )
        choices = [(str(each), group_name(each)) for each in confirmation.board.ordinals]
        for room, ordinal in confirmation.changes.rooms:
            self.fields[f"room_{room.pk}"] = forms.ChoiceField(
                label=f"{room}（{room.place}，原属{room.group}）",
                choices=[*choices, (GIVE_UP, "不再使用")],
                initial=str(ordinal) if ordinal else None,
            )

    def arguments(self) -> Mapping:
        """What the action is given."""
        values = self.cleaned_data
        return {
            "seen": values["seen"],
            "reason": values.get("reason", ""),
            "ticked": {
                name.removeprefix("tick_")
                for name, ticked in values.items()
                if name.startswith("tick_") and ticked
            },
            "rooms": {
                int(name.removeprefix("room_")): int(value) or None
                for name, value in values.items()
                if name.startswith("room_")
            },
        }
