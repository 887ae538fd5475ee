"""Two persons side by side, field by field, and of each field the value that stays."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from congress.models import Record
from congress.privacy import masked_identity
from congress.sealing import Sealed
from delegates.models import Delegate, Mandate

from .moving import Plan
from .snapshots import in_words

OURS, THEIRS, BOTH = "kept", "other", "both"
#: Fields that say one thing together.
TOGETHER = {
    Delegate: (("身份证号", ("identity_index", "identity_sealed")),),
    Mandate: (("终止", ("end", "end_reason", "deciding_body", "announced_on")),),
}
#: What a field is called here.
LABELS = {"start": "当选日期"}
#: The same for both anyway, or decided by the merge itself.
SETTLED = {Delegate: set(), Mandate: {"delegate", "level", "term"}}


@dataclass(frozen=True)
class FieldPair:
    """One line of the comparison; ``name`` is what the form calls its choice."""

    name: str
    label: str
    fields: tuple[str, ...]
    ours: str
    theirs: str
    default: str
    options: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return len(self.options) > 1


@dataclass(frozen=True)
class Comparison:
    """Two records of which the first one stays."""

    title: str
    ours: Record
    theirs: Record
    lines: list[FieldPair]

    @property
    def differing(self) -> list[FieldPair]:
        return [line for line in self.lines if line.differs]

    def apply(self, chosen: Mapping[str, str]) -> None:
        """Give the record that stays the chosen values; it is not saved."""
        for line in self.differing:
            choice = chosen.get(line.name, line.default)
            for name in line.fields:
                if choice == BOTH:
                    both = f"{getattr(self.ours, name)}\n{getattr(self.theirs, name)}"
                    setattr(self.ours, name, both)
                elif choice == THEIRS:
                    field = self.ours._meta.get_field(name)
                    setattr(self.ours, field.attname, getattr(self.theirs, field.attname))


def comparisons(plan: Plan) -> list[Comparison]:
    """The persons, then each pair of mandates that becomes one."""
    return [
        _compare("个人情况", plan.kept, plan.other),
        *(
            _compare(
                f"{stays.term}{stays.get_level_display()}人大代表资格（两项合为一项）",
                stays,
                double,
            )
            for stays, double in plan.doubles
        ),
    ]


def _compare(title: str, ours: Record, theirs: Record) -> Comparison:
    model = type(ours)
    together = TOGETHER[model]
    grouped = {name for _, names in together for name in names}
    single = [
        (LABELS.get(field.name, str(field.verbose_name)), (field.name,))
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in SETTLED[model] | grouped
    ]
    lines = [_line(ours, theirs, label, names) for label, names in (*single, *together)]
    return Comparison(title, ours, theirs, lines)


def _line(ours: Record, theirs: Record, label: str, names: tuple[str, ...]) -> FieldPair:
    fields = [ours._meta.get_field(name) for name in names]
    mine = tuple(getattr(ours, field.attname) for field in fields)
    others = tuple(getattr(theirs, field.attname) for field in fields)
    is_text = isinstance(fields[0], models.TextField)
    if mine == others:
        options = (OURS,)
    elif is_text and all(mine) and all(others):
        options = (OURS, THEIRS, BOTH)
    else:
        options = (OURS, THEIRS)
    return FieldPair(
        f"{ours._meta.model_name}-{ours.pk}-{names[0]}",
        label,
        names,
        _words(fields, ours),
        _words(fields, theirs),
        _fuller(names[0], mine[0], others[0], ours.pk, theirs.pk, options),
        options,
    )


def _fuller(name: str, mine, others, our_key: int, their_key: int, options) -> str:
    """The value that is told, told at greater length, or else was recorded later.

    Of a mandate's days the longer span: who holds office still was not ended by mistake.
    """
    if len(options) == 1:
        return OURS
    if BOTH in options:
        return BOTH
    if name == "end":
        return OURS if mine is None or (others is not None and mine >= others) else THEIRS
    if mine in (None, "") or others in (None, ""):
        return THEIRS if mine in (None, "") else OURS
    if name == "start" and isinstance(mine, datetime.date):
        return OURS if mine <= others else THEIRS
    if isinstance(mine, str) and len(mine) != len(others):
        return OURS if len(mine) > len(others) else THEIRS
    return OURS if our_key > their_key else THEIRS


def _identity_words(person: Delegate) -> str:
    try:
        return masked_identity(person.identity) or "空"
    except Sealed:
        return "已登记，现有密钥打不开"


def _words(fields: list[models.Field], record: Record) -> str:
    if fields[0].name == "identity_index":
        return _identity_words(record)
    if len(fields) > 1:
        told = [in_words(field, record) for field in fields if getattr(record, field.attname)]
        return "，".join(told) if told else "在任"
    if fields[0].name == "birth_month":
        return f"{record.birth_month:%Y-%m}"
    return in_words(fields[0], record)
