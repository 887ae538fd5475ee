"""What a confirmation wrote, kept so that it can be taken back to the letter."""

import datetime
import json
from collections import Counter
from collections.abc import Iterable, Sequence

from django.apps import apps
from django.core import serializers
from django.db import models
from django.db.models import F, Max

from congress.models import Record
from groups.models import (
    ActivityRoom,
    Attendance,
    DelegateGroup,
    GroupVillage,
    Membership,
    RoomCheck,
)

#: Written by a division itself.
PARTS = (Membership, GroupVillage, ActivityRoom)


class Trail:
    """``done`` of a division: rows closed with their old end, removed in full, added, by model."""

    def __init__(self, done: dict | None = None):
        self.done = done or {"closed": {}, "removed": [], "added": {}, "moved": [], "last": {}}

    def close(self, rows: Sequence[models.Model], day: datetime.date) -> None:
        """The rows hold no longer from that day on; what began that day never began."""
        if not rows:
            return
        model = type(rows[0])
        began = [row for row in rows if row.start >= day]
        if began:
            self.done["removed"].append(json.loads(serializers.serialize("json", began)))
            model.objects.filter(pk__in=[row.pk for row in began]).delete()
        closed = [row for row in rows if row.start < day]
        told = [[row.pk, row.end.isoformat() if row.end else None] for row in closed]
        self.done["closed"].setdefault(model._meta.label, []).extend(told)
        _update(model, [row.pk for row in closed], end=day)

    def add(self, rows: Sequence[models.Model]) -> None:
        if rows:
            model = type(rows[0])
            made = model.objects.bulk_create(rows)
            self.done["added"].setdefault(model._meta.label, []).extend(row.pk for row in made)

    def move(self, room: ActivityRoom, group: DelegateGroup) -> None:
        """A room that began with the division has no time in the old group to keep."""
        self.done["moved"].append([room.pk, room.group_id])
        _update(ActivityRoom, [room.pk], group=group)

    def note_last(self, groups: Iterable[DelegateGroup]) -> None:
        """Remember what there is, to know what is recorded later."""
        self.done["groups"] = sorted(group.pk for group in groups)
        self.done["last"] = {
            model._meta.label: model._default_manager.aggregate(last=Max("pk"))["last"] or 0
            for model in {*PARTS, Attendance, *(each[0] for each in _relations())}
        }

    def take_back(self, day: datetime.date) -> None:
        """Everything as it was before."""
        added = {label: list(keys) for label, keys in self.done["added"].items()}
        rooms = added.get(ActivityRoom._meta.label, [])
        RoomCheck.objects.filter(room__in=rooms).delete()
        for model in PARTS:
            model.objects.filter(pk__in=added.get(model._meta.label, [])).delete()
        for room, group in self.done["moved"]:
            _update(ActivityRoom, [room], group=group)
        for label, rows in self.done["closed"].items():
            _reopen(label, rows)
        for rows in self.done["removed"]:
            for row in serializers.deserialize("json", json.dumps(rows)):
                row.save()
        DelegateGroup.objects.filter(pk__in=added.get(DelegateGroup._meta.label, [])).delete()

    def obstacles(self, day: datetime.date) -> list[str]:
        """What was recorded or changed since, in words: each stands in the way of undoing."""
        last = self.done["last"]
        groups = self.done["groups"]
        found = [
            f"{model._meta.verbose_name}新增{n}条"
            for model in PARTS
            if (n := model.objects.filter(pk__gt=last[model._meta.label]).count())
        ]
        found += [f"{name}{n}条" for name, n in records_of(groups, since=last).items()]
        attendances = Attendance.objects.filter(
            pk__gt=last[Attendance._meta.label],
            activity__group__in=groups,
            activity__date__gte=day,
        ).count()
        if attendances:
            found.append(f"出席登记{attendances}条")
        rooms = self.done["added"].get(ActivityRoom._meta.label, [])
        checks = RoomCheck.objects.filter(room__in=rooms)
        if later := checks.exclude(day=day, version=1).count():
            found.append(f"活动室检查新增{later}条")
        return found + self._changed(day)

    def _changed(self, day: datetime.date) -> list[str]:
        found = []
        for label, rows in self.done["closed"].items():
            model = _model(label)
            left = model.objects.filter(pk__in=[key for key, _ in rows], end=day).count()
            if left < len(rows):
                found.append(f"{model._meta.verbose_name}有{len(rows) - left}条在确认后又有改动")
        for label, keys in self.done["added"].items():
            model = _model(label)
            untouched = model.objects.filter(pk__in=keys, start=day)
            if issubclass(model, Record):
                untouched = untouched.filter(version=1)
            else:
                untouched = untouched.filter(end__isnull=True)
            if (left := untouched.count()) < len(keys):
                found.append(f"{model._meta.verbose_name}有{len(keys) - left}条在确认后又有改动")
        return found


def records_of(groups: Iterable, *, since: dict | None = None, from_day=None) -> Counter:
    """Records of other kinds that name these groups, by their Chinese name.

    Those that came after the keys in ``since``, or that are dated ``from_day`` or later.
    """
    found: Counter = Counter()
    for model, field, name, is_dated in _relations():
        records = model._default_manager.filter(**{f"{field}__in": groups})
        if since is not None:
            records = records.filter(pk__gt=since.get(model._meta.label, 0))
        elif is_dated:
            records = records.filter(date__gte=from_day)
        else:
            continue
        if number := records.count():
            found[name] += number
    return found


def _relations() -> list[tuple[type[models.Model], str, str, bool]]:
    """(model, its field for the group, its Chinese name, whether it has a date)."""
    relations = []
    for relation in DelegateGroup._meta.related_objects:
        model, field = relation.related_model, relation.field
        if model in PARTS:
            continue
        name = str(model._meta.verbose_name)
        if relation.many_to_many:
            relations.append(
                (relation.through, field.m2m_reverse_field_name(), f"{name}的邀请", False)
            )
        else:
            names = {each.name for each in model._meta.get_fields()}
            relations.append((model, field.name, name, "date" in names))
    return relations


def _update(model: type[models.Model], keys: list[int], **values) -> None:
    if issubclass(model, Record):
        values["version"] = F("version") + 1
    model.objects.filter(pk__in=keys).update(**values)


def _reopen(label: str, rows: list[list]) -> None:
    model = _model(label)
    ends: dict[str | None, list[int]] = {}
    for key, end in rows:
        ends.setdefault(end, []).append(key)
    for end, keys in ends.items():
        _update(model, keys, end=end)


def _model(label: str) -> type[models.Model]:
    return apps.get_model(label)
