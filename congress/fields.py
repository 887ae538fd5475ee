"""What the fields of every form take and say: days and numbers as in the ledgers, plain words."""

import datetime

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from .cells import FIRST_YEAR, LAST_YEAR, MAX_WHOLE_NUMBER

NOTHING_CHOSEN, NONE_NEEDED = "请选择", "不选"
FIRST_DAY, LAST_DAY = datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31)
WRONG_YEAR = "年份不对，请核对。"
GONE = "所选的已不在列表中，请重新选择。"

#: In place of what Django says of its own accord; later kinds win.
WORDS = {
    forms.Field: {"required": "请填写这一项。"},
    forms.ChoiceField: {"required": "请选择这一项。", "invalid_choice": GONE},
    forms.ModelChoiceField: {"required": "请选择这一项。", "invalid_choice": GONE},
    forms.ModelMultipleChoiceField: {
        "invalid_choice": GONE,
        "invalid_pk_value": GONE,
        "invalid_list": GONE,
    },
    forms.DateField: {"invalid": "请填写日期，如2020-08-20。"},
    forms.TimeField: {"invalid": "请填写时间，如09:00。"},
    forms.CharField: {
        "max_length": "最多填写%(limit_value)d个字，现在有%(show_value)d个字。",
    },
    forms.IntegerField: {
        "invalid": "请填写整数。",
        "min_value": "请填写不小于%(limit_value)s的整数。",
        "max_value": "请填写不大于%(limit_value)s的整数。",
    },
    forms.DecimalField: {"invalid": "请填写数字。"},
}


def prepare(field: forms.Field) -> None:
    """Give a field the office's limits and words; what it words itself stays."""
    say_plainly(field)
    if isinstance(field, forms.DateField):
        _prepare_day(field)
    elif isinstance(field, forms.TimeField):
        field.widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    elif isinstance(field, forms.IntegerField):
        too_much = MaxValueValidator(MAX_WHOLE_NUMBER, f"请填写不大于{MAX_WHOLE_NUMBER}的整数。")
        field.validators.insert(0, too_much)
    elif isinstance(field, forms.ModelChoiceField):
        if field.empty_label is not None:
            field.empty_label = _nothing(field)
    elif isinstance(field, forms.ChoiceField) and not callable(field.choices):
        field.choices = [
            (key, _nothing(field) if key in ("", None) else label) for key, label in field.choices
        ]


def prepare_filter(field: forms.Field) -> None:
    """A filter's field: numbers are years and months, so that they never leave the calendar."""
    say_plainly(field)
    if isinstance(field, forms.DateField):
        _prepare_day(field)
    elif isinstance(field, forms.DecimalField):
        limit(field, 1, datetime.MAXYEAR, "请填写正确的数字，年度为四位。")


def _prepare_day(field: forms.DateField) -> None:
    if not field.widget.is_hidden:
        field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    limit(field, FIRST_DAY, LAST_DAY, WRONG_YEAR)


def limit(field: forms.Field, lowest, highest, words: str) -> None:
    field.validators += [MinValueValidator(lowest, words), MaxValueValidator(highest, words)]


def number_sent(text: str | None) -> int | None:
    """A key or year as an address carries it; None where it cannot be one."""
    is_number = text and text.isascii() and text.isdecimal() and len(text) < 18
    return int(text) if is_number else None


def _nothing(field: forms.Field) -> str:
    return NOTHING_CHOSEN if field.required else NONE_NEEDED


def say_plainly(field: forms.Field) -> None:
    """Only the words."""
    said_by_django = {}
    for kind in reversed(type(field).__mro__):
        said_by_django |= getattr(kind, "default_error_messages", {})
    for kind, words in WORDS.items():
        if isinstance(field, kind):
            for code, sentence in words.items():
                if field.error_messages.get(code) == said_by_django.get(code):
                    field.error_messages[code] = sentence
                    said_by_django[code] = sentence
