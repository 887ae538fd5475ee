"""Lists and pages of people and mandates, as far as this room knows them.

``groups.pages`` adds the group to the pages of people and mandates and opens them to the users.
"""

import datetime

import django_filters
from django.db.models import Exists, OuterRef, Prefetch, Q

from congress import roles
from congress.models import Term
from congress.periods import today
from congress.privacy import masked, masked_identity
from congress.record_pages import RecordFilter, RecordPages
from congress.sealing import Sealed
from congress.tables import Column
from delegates.absences import (
    LEVELS,
    AbsenceWarning,
    warned_mandates,
    warning_for,
    with_absences,
)
from delegates.forms import DelegateForm, MandateForm, RevealIdentityForm
from delegates.models import Delegate, Level, Mandate, Portrait, Suspension
from delegates.pinyin import best_first, by_name

IN_OFFICE = (("yes", "在任"), ("no", "不在任"))


def state_on(mandate: Mandate, day: datetime.date) -> str:
    """在任, 暂停, 终止 or, before the election, 未到任; reads the prefetched suspensions."""
    if mandate.start > day:
        return "未到任"
    if not mandate.holds_on(day):
        return "终止"
    suspended = any(suspension.holds_on(day) for suspension in mandate.suspensions.all())
    return "暂停" if suspended else "在任"


def state_of_person(delegate: Delegate) -> str:
    """The best of the states of a person's mandates today."""
    states = {state_on(mandate, today()) for mandate in delegate.mandates.all()}
    return next((state for state in ("在任", "暂停", "未到任", "终止") if state in states), "")


STATE_CLASSES = {"在任": "done", "暂停": "due-soon"}


def worst_warning(delegate: Delegate) -> AbsenceWarning | None:
    """Of a person's mandates; reads the annotated mandates that were prefetched."""
    found = filter(None, map(warning_for, delegate.mandates.all()))
    return max(found, key=lambda warning: warning.number, default=None)


def _urgency(warning: AbsenceWarning | None) -> str:
    return warning.urgency if warning else ""


def _of_mandates(word: str):
    """Function of a person: a word of each mandate, the current ones or else all."""

    def words(delegate: Delegate) -> str:
        mandates = list(delegate.mandates.all())
        current = [mandate for mandate in mandates if mandate.holds_on(today())]
        found = (Column("", word).text_of(mandate) for mandate in current or mandates)
        return "、".join(dict.fromkeys(found))

    return words


def identity_shown(delegate: Delegate) -> str:
    """110***********1234: the whole number is shown on request only."""
    try:
        return masked_identity(delegate.identity)
    except Sealed:
        return "已登记，现在打不开"


class DelegateFilter(RecordFilter):
    level = django_filters.ChoiceFilter(choices=Level.choices, method="left_as_is", label="层级")
    in_office = django_filters.ChoiceFilter(
        choices=IN_OFFICE, method="left_as_is", label="今日是否在任"
    )
    sex = django_filters.ChoiceFilter(choices=Delegate.Sex.choices, label="性别")
    absent = django_filters.ChoiceFilter(
        choices=LEVELS, method="of_absent", label="未经批准缺席会议"
    )

    def of_absent(self, people, name, value):
        mandates = warned_mandates(value).filter(delegate=OuterRef("pk"))
        return people.filter(Exists(mandates))

    def left_as_is(self, people, name, value):
        """Level and office are asked of the same mandate, see ``filter_queryset``."""
        return people

    def filter_queryset(self, people):
        people = super().filter_queryset(people)
        level = self.form.cleaned_data.get("level")
        in_office = self.form.cleaned_data.get("in_office")
        mandates = Mandate.objects.filter(delegate=OuterRef("pk"))
        if level:
            mandates = mandates.filter(level=level)
        if in_office:
            current = Exists(mandates.in_office_on(today()))
            people = people.filter(current if in_office == "yes" else ~current)
        if level:
            people = people.filter(Exists(mandates))
        return people

    def search(self, people, name, words):
        """Those first whose name begins with what was typed."""
        for word in words.split():
            by_card = Mandate.objects.filter(card_number__icontains=word).values("delegate")
            people = people.filter(by_name()(word) | Q(pk__in=by_card))
        return people.order_by(best_first(words), "pk")


class DelegatePages(RecordPages):
    model = Delegate
    form_class = DelegateForm
    filter_class = DelegateFilter
    measure = "名"
    when_empty = "还没有代表。可以逐个添加，也可以从台账导入。"
    columns = (
        Column("姓名", "name", ("name",), width=14),
        Column("层级", _of_mandates("get_level_display")),
        Column("代表证号", _of_mandates("card_number"), width=16),
        Column("性别", "sex", ("sex",), minor=True),
        Column(
            "出生年月",
            lambda delegate: f"{delegate.birth_month:%Y-%m}",
            ("birth_month",),
            12,
            minor=True,
        ),
        Column("选区", _of_mandates("constituency"), width=16, minor=True),
        Column("工作单位及职务", "occupation", width=28, minor=True),
        Column("联系电话", lambda delegate: masked(delegate.phone), width=14, minor=True),
        Column(
            "状态",
            state_of_person,
            state_class=lambda delegate: STATE_CLASSES.get(state_of_person(delegate), ""),
        ),
        Column(
            "会议缺席",
            worst_warning,
            state_class=lambda delegate: _urgency(worst_warning(delegate)),
        ),
    )
    facts = (
        "name",
        "sex",
        (
            lambda delegate: f"{delegate.birth_month.year}年{delegate.birth_month.month}月",
            "出生年月",
        ),
        (identity_shown, "身份证号"),
        "ethnicity",
        "education",
        "party",
        "occupation",
        "phone",
        "note",
    )
    #: Masked in ``facts_of`` but for who keeps the records and for its owner.
    tells_numbers = frozenset({"联系电话"})

    @staticmethod
    def may_read(user):
        return roles.reads_all(user) or roles.is_delegate(user)

    @classmethod
    def with_related(cls, people):
        mandates = with_absences(Mandate.objects.select_related("term", "constituency"))
        mandates = mandates.order_by("-start", "pk")
        return people.prefetch_related(
            Prefetch("mandates", mandates),
            Prefetch("mandates__suspensions", Suspension.objects.order_by("start")),
        )

    @classmethod
    def facts_of(cls, delegate, user):
        """The full telephone number is for who keeps the records, and for its owner."""
        facts = dict(super().facts_of(delegate, user))
        if not (roles.keeps_records(user) or roles.is_delegate(user)):
            facts["联系电话"] = masked(delegate.phone)
        if roles.is_delegate(user):
            del facts["备注"]
        return list(facts.items())

    @classmethod
    def related(cls, delegate, user):
        """The portrait; and for who keeps the records, the way to the whole 身份证号."""
        keeps = roles.keeps_records(user)
        return {
            "portrait": Portrait.objects.filter(delegate=delegate).first(),
            "may_change_portrait": keeps,
            "reveal_form": RevealIdentityForm() if keeps and delegate.identity_sealed else None,
            "reveals": delegate.identity_reveals.select_related("user") if keeps else (),
        }


class MandateFilter(RecordFilter):
    search_fields = (by_name("delegate"), "card_number", "constituency__name")
    term = django_filters.ModelChoiceFilter(queryset=Term.objects.all(), label="届次")
    level = django_filters.ChoiceFilter(choices=Level.choices, label="层级")
    in_office = django_filters.ChoiceFilter(
        choices=IN_OFFICE, method="on_today", label="今日是否在任"
    )
    absent = django_filters.ChoiceFilter(
        choices=LEVELS, method="of_absent", label="未经批准缺席会议"
    )

    def of_absent(self, mandates, name, value):
        return mandates.filter(pk__in=warned_mandates(value).values("pk"))

    def on_today(self, mandates, name, value):
        current = Mandate.objects.in_office_on(today()).values("pk")
        if value == "yes":
            return mandates.filter(pk__in=current)
        return mandates.exclude(pk__in=current)


class MandatePages(RecordPages):
    model = Mandate
    form_class = MandateForm
    filter_class = MandateFilter
    measure = "项"
    select_related = ("delegate", "term", "constituency")
    prefetch_related = ("suspensions",)
    when_empty = "还没有代表资格。添加代表时一并登记。"
    without = frozenset({"add"})
    columns = (
        Column("代表证号", "card_number", ("card_number",)),
        Column("姓名", "delegate.name", ("delegate__name",)),
        Column("层级", "get_level_display", ("level",)),
        Column("届次", "term", minor=True),
        Column("选区", "constituency.name", ("constituency__name",), width=16),
        Column("当选日期", "start", ("start",)),
        Column("终止日期", "end", ("end",), minor=True),
        Column(
            "状态",
            lambda mandate: state_on(mandate, today()),
            state_class=lambda mandate: STATE_CLASSES.get(state_on(mandate, today()), ""),
        ),
        Column("会议缺席", warning_for, state_class=lambda mandate: _urgency(warning_for(mandate))),
    )
    facts = (
        "delegate",
        "level",
        "term",
        "constituency",
        "card_number",
        "how_elected",
        ("start", "当选日期"),
        (lambda mandate: state_on(mandate, today()), "今日状态"),
        "end",
        "end_reason",
        "deciding_body",
        "announced_on",
        "note",
    )

    @classmethod
    def with_related(cls, mandates):
        return with_absences(super().with_related(mandates))

    @classmethod
    def facts_of(cls, mandate, user):
        """Without an end nothing is said about it."""
        of_end = {"终止日期", "终止原因", "决定机关", "公告日期"} if mandate.end is None else ()
        return [fact for fact in super().facts_of(mandate, user) if fact[0] not in of_end]
