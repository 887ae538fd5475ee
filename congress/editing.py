"""Saving what people typed: once only, and never over somebody else's change."""

import datetime
import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import F

from .fields import prepare
from .models import Record, RunningNumber, Submission, User

OUTDATED = "这个页面已失效，请记下填写的内容，重新打开后再填。"
DELETED_MEANWHILE = "有一行刚被他人删除，请记下填写的内容，重新打开后再填。"


class EditedMeanwhile(Exception):
    """Somebody saved another version of the record since this form was opened."""


@dataclass(frozen=True)
class Difference:
    """One field on which two editors disagree, in words."""

    label: str
    theirs: str
    yours: str


def save_once(user: User, token: uuid.UUID, save: Callable[[], Record]) -> tuple[str, bool]:
    """Run ``save`` unless a form with this token was saved before.

    Returns the page of what the form made, and whether it was made just now.
    """
    with transaction.atomic():
        submission, is_first = Submission.objects.get_or_create(
            token=token, defaults={"user": user}
        )
        if is_first:
            submission.result = save().get_absolute_url()
            submission.save(update_fields=["result"])
        return submission.result, is_first


def saved_before(token: uuid.UUID | None) -> str:
    """The page of what a form with this token made; empty where none was saved."""
    submission = Submission.objects.filter(token=token).first()
    return submission.result if submission else ""


def save_if_unchanged(record: Record, version: int, save: Callable[[], Record]) -> Record:
    """Run ``save`` if the record still has that version, and count the version up.

    Raises ``EditedMeanwhile`` otherwise; nothing is saved then.
    """
    with transaction.atomic():
        unchanged = type(record)._base_manager.filter(pk=record.pk, version=version)
        if not unchanged.update(version=F("version") + 1):
            raise EditedMeanwhile
        record.version = version + 1
        return save()


def fingerprint(told: object) -> str:
    """What a page showed, in short: the same for what says the same, see ``EditedMeanwhile``."""
    return hashlib.sha256(repr(told).encode()).hexdigest()


def next_number(series: str, taken: Callable[[str], bool], digits: int = 3) -> str:
    """The next free number of a series: ``2020-`` gives 2020-001, 2020-002 …

    Two callers at once never get the same number: the row is locked until the transaction ends.
    ``taken`` says whether a number is in use already, from a ledger for instance.
    """
    return next_numbers(series, 1, taken, digits)[0]


def next_numbers(
    series: str, count: int, taken: Callable[[str], bool], digits: int = 3
) -> list[str]:
    """The next free numbers of a series; see ``next_number``. ``taken`` is asked under the lock."""
    RunningNumber.objects.get_or_create(series=series)
    counter = RunningNumber.objects.select_for_update().get(series=series)
    numbers = []
    while len(numbers) < count:
        counter.last += 1
        number = f"{series}{counter.last:0{digits}d}"
        if not taken(number):
            numbers.append(number)
    counter.save(update_fields=["last"])
    return numbers


class RecordForm(forms.ModelForm):
    """A record's form: knows its user, carries version or token, blames the right field.

    ``groups`` are its fields by subject, (legend, names); what they leave out stands below them.
    """

    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        for field in self.fields.values():
            prepare(field)
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3
        if self.instance.pk:
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput,
                initial=self.instance.version,
                error_messages={"required": OUTDATED, "invalid": OUTDATED},
            )
        else:
            self.fields["submission"] = forms.UUIDField(
                widget=forms.HiddenInput,
                initial=uuid.uuid4,
                error_messages={"required": OUTDATED, "invalid": OUTDATED},
            )

    @property
    def fieldsets(self) -> list[tuple[str, list[forms.BoundField]]]:
        """(legend, fields) as the page shows them, without empty ones."""
        left = {bound.name: bound for bound in self.visible_fields()}
        found = [
            (legend, [left.pop(name) for name in names if name in left])
            for legend, names in self.groups
        ]
        return [(legend, fields) for legend, fields in [*found, ("", [*left.values()])] if fields]

    def _update_errors(self, errors: ValidationError):
        """Sentences about fields that this form lacks are shown for the form as a whole.

        A field that could not be read keeps its one error.
        """
        sorted_errors = {}
        for field, messages in errors.update_error_dict({}).items():
            if field in self.errors and field != NON_FIELD_ERRORS:
                continue
            target = field if field in self.fields else NON_FIELD_ERRORS
            sorted_errors.setdefault(target, []).extend(messages)
        if sorted_errors:
            super()._update_errors(ValidationError(sorted_errors))

    def blame(self, error: ValidationError) -> None:
        """Show what an action refused at the field it is about."""
        self._update_errors(error)

    def differences(self, current: Record) -> list[Difference]:
        """What the saved record says and what this form says, where they disagree."""
        stored = type(self)(instance=current, user=self.user)
        return [
            Difference(bound.label, theirs, yours)
            for bound in self.visible_fields()
            if (theirs := in_words(stored[bound.name])) != (yours := in_words(bound))
        ]


class SavedRows:
    """Mixin of a formset: a row that somebody else deleted meanwhile is told as such."""

    def clean(self):
        super().clean()
        if any(row.instance.pk is None for row in self.initial_forms):
            raise ValidationError(DELETED_MEANWHILE)


def in_words(bound: forms.BoundField) -> str:
    """What a field of a form says, as its user reads it."""
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return "是" if value else "否"
    if value in (None, "", []):
        return "（空）"
    if hasattr(bound.field, "choices"):
        chosen = {str(item) for item in (value if isinstance(value, list | tuple) else [value])}
        return "、".join(str(label) for key, label in bound.field.choices if str(key) in chosen)
    if isinstance(value, datetime.date | datetime.time):
        return bound.field.widget.format_value(value)
    return str(value)
