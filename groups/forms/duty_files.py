"""Of which period a duty file is: a year, the whole term, or from one day to another."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from congress.cells import FIRST_YEAR, LAST_YEAR
from congress.fields import prepare
from congress.models import Term, User
from congress.numerals import full_date
from congress.periods import Period, today
from groups.models import DelegateGroup, Membership

TERM, RANGE = "term", "range"


@dataclass(frozen=True)
class ChosenPeriod:
    """A period with the words for it, and how an address names it."""

    period: Period
    words: str
    query: str

    @classmethod
    def of_year(cls, year: int) -> "ChosenPeriod":
        return cls(Period.of_year(year), f"{year}年", urlencode({"period": year}))

    @classmethod
    def of_term(cls, term: Term) -> "ChosenPeriod":
        last = max(term.first_day, term.last_day or today())
        words = f"{term}（{full_date(term.first_day)}至{full_date(last)}）"
        return cls(Period(term.first_day, last), words, urlencode({"period": TERM}))

    @classmethod
    def of_days(cls, period: Period) -> "ChosenPeriod":
        words = f"{full_date(period.first)}至{full_date(period.last)}"
        query = {"period": RANGE, "first": period.first, "last": period.last}
        return cls(period, words, urlencode(query))


class PeriodForm(forms.Form):
    """Read from the address; without anything this year. Three queries at most."""

    period = forms.ChoiceField(label="时期")
    first = forms.DateField(label="自选起", required=False)
    last = forms.DateField(label="自选止", required=False)

    def __init__(self, data):
        super().__init__({"period": str(today().year)} | {k: v for k, v in data.items() if v})
        self.term = Term.objects.filter(first_day__lte=today()).order_by("-first_day").first()
        earliest = Term.objects.order_by("first_day").values_list("first_day", flat=True).first()
        first_year = min(earliest or today(), today()).year
        years = [(str(year), f"{year}年") for year in range(today().year, first_year - 1, -1)]
        asked = self.data["period"]
        if asked.isascii() and asked.isdecimal() and FIRST_YEAR <= int(asked) <= LAST_YEAR:
            years += [] if (asked, f"{asked}年") in years else [(asked, f"{asked}年")]
        whole = [(TERM, "本届以来")] if self.term else []
        self.fields["period"].choices = [*years, *whole, (RANGE, "自选起止")]
        for field in self.fields.values():
            prepare(field)

    def clean(self):
        data = super().clean()
        if data.get("period") != RANGE or self.errors:
            return data
        first, last = data.get("first"), data.get("last")
        if not first or not last:
            raise ValidationError({"first": "自选起止的，起、止日期都要填写。"})
        if first > last:
            raise ValidationError({"last": "止的日期不能早于起的日期，请改正。"})
        return data

    @property
    def chosen(self) -> ChosenPeriod:
        """This year where something else was asked for that is none."""
        if not self.is_valid():
            return ChosenPeriod.of_year(today().year)
        kind = self.cleaned_data["period"]
        if kind == TERM:
            return ChosenPeriod.of_term(self.term)
        if kind == RANGE:
            days = self.cleaned_data["first"], self.cleaned_data["last"]
            return ChosenPeriod.of_days(Period(*days))
        return ChosenPeriod.of_year(int(kind))


class OverviewForm(PeriodForm):
    """Beside the period a name, and one of the groups that the user may see."""

    q = forms.CharField(label="姓名", required=False)
    group = forms.ModelChoiceField(
        DelegateGroup.objects.none(), label="代表小组", required=False, empty_label="全部"
    )
    field_order = ("q", "group", "period", "first", "last")

    def __init__(self, user: User, data):
        super().__init__(data)
        self.fields["group"].queryset = DelegateGroup.objects.visible_to(user)
        self.fields["group"].empty_label = "全部"

    def narrowed(self, persons: QuerySet, day: datetime.date) -> QuerySet:
        """Those whose name has the words, and who were in the group on that day."""
        if not self.is_valid():
            return persons
        for word in self.cleaned_data["q"].split():
            persons = persons.filter(name__icontains=word)
        if group := self.cleaned_data["group"]:
            members = Membership.objects.holding_on(day).filter(group=group)
            persons = persons.filter(pk__in=members.values("mandate__delegate"))
        return persons


class BookForm(OverviewForm):
    """All files that the overview lists, ordered once."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
