"""Pages of people, mandates and memberships: the lower room's pages with the group added."""

import django_filters
from django.db.models import Prefetch, Q
from django.urls import reverse

import delegates.pages
from congress import roles
from congress.action_views import ActionEdit
from congress.periods import Period, today
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from delegates.duty_file import duty_files
from delegates.models import Delegate, Mandate
from delegates.pages import state_on
from delegates.pages.merged import MandateDetail, PersonDetail
from delegates.pinyin import by_name
from groups.duty_file import all_activities
from groups.forms.members import ElectForm, MandateForm, MembershipForm
from groups.models import DelegateGroup, Membership, Post


def current_memberships(delegate: Delegate) -> list[Membership]:
    """Memberships of today; reads the prefetched mandates and memberships."""
    return [
        membership
        for mandate in delegate.mandates.all()
        for membership in mandate.memberships.all()
        if membership.holds_on(today())
    ]


def group_of(delegate: Delegate) -> str:
    return "、".join(dict.fromkeys(str(each.group) for each in current_memberships(delegate)))


def post_of(delegate: Delegate) -> str:
    return "、".join(
        dict.fromkeys(each.get_post_display() for each in current_memberships(delegate))
    )


class DelegateFilter(delegates.pages.DelegateFilter):
    group = django_filters.ModelChoiceFilter(
        queryset=DelegateGroup.objects.all(), method="in_group", label="今日所属小组"
    )

    def in_group(self, people, name, group):
        members = Membership.objects.holding_on(today()).filter(group=group)
        return people.filter(pk__in=members.values("mandate__delegate"))


class DelegatePages(delegates.pages.DelegatePages):
    filter_class = DelegateFilter
    add_form_class = ElectForm
    views = {"detail": PersonDetail}
    columns = (
        *delegates.pages.DelegatePages.columns[:3],
        Column("代表小组", group_of, width=16),
        Column("组内职务", post_of, minor=True),
        *delegates.pages.DelegatePages.columns[3:],
    )

    @classmethod
    def with_related(cls, people):
        memberships = Membership.objects.select_related("group").order_by("start", "pk")
        return (
            super()
            .with_related(people)
            .prefetch_related(Prefetch("mandates__memberships", memberships))
        )

    @classmethod
    def buttons(cls, delegate, user):
        if not roles.keeps_records(user):
            return []
        buttons = [("登记当选", reverse("delegate_elect", args=[delegate.pk]))]
        if any(mandate.end is None for mandate in delegate.mandates.all()):
            word = "调组" if current_memberships(delegate) else "编组"
            buttons.append((word, reverse("delegate_transfer", args=[delegate.pk])))
        buttons.append(("登记表彰", f"{reverse('honour_add')}?delegate={delegate.pk}"))
        buttons.append(("查找重复", reverse("delegate_merge_choose", args=[delegate.pk])))
        return buttons

    @classmethod
    def related(cls, delegate, user):
        [file] = duty_files([delegate], Period.of_year(today().year), user)
        mandates = list(delegate.mandates.all())
        return super().related(delegate, user) | {
            "mandates": [(mandate, state_on(mandate, today())) for mandate in mandates],
            "memberships": [
                (mandate, membership)
                for mandate in mandates
                for membership in mandate.memberships.all()
            ],
            "year": today().year,
            "activities": all_activities(file),
            "duty_file_url": reverse("delegate_duty_file", args=[delegate.pk]),
            "reads_all": roles.reads_all(user),
        }


class MandatePages(delegates.pages.MandatePages):
    form_class = MandateForm
    views = {"detail": MandateDetail, "edit": ActionEdit}

    @classmethod
    def buttons(cls, mandate, user):
        if not roles.keeps_records(user):
            return []
        if mandate.end_reason == Mandate.EndReason.TERM_OVER:
            return []
        if mandate.end is not None:
            return [("撤销终止", reverse("mandate_undo_end", args=[mandate.pk]))]
        suspended = any(suspension.end is None for suspension in mandate.suspensions.all())
        change = ("恢复职务", "mandate_resume") if suspended else ("暂停职务", "mandate_suspend")
        return [
            (label, reverse(name, args=[mandate.pk]))
            for label, name in (change, ("终止资格", "mandate_end"))
        ]

    @classmethod
    def related(cls, mandate, user):
        return {
            "keeps_records": roles.keeps_records(user),
            "suspensions": mandate.suspensions.all(),
            "memberships": mandate.memberships.select_related("group").order_by("start", "pk"),
        }


class MembershipFilter(RecordFilter):
    group = django_filters.ModelChoiceFilter(queryset=DelegateGroup.objects.all(), label="代表小组")
    post = django_filters.ChoiceFilter(choices=Post.choices, label="组内职务")
    on = django_filters.DateFilter(method="on_day", label="某日的成员")

    def search(self, memberships, name, words):
        for word in words.split():
            memberships = memberships.filter(
                by_name("mandate__delegate")(word)
                | Q(staff_name__icontains=word)
                | Q(mandate__card_number__icontains=word)
            )
        return memberships

    def on_day(self, memberships, name, day):
        return memberships.filter(pk__in=Membership.objects.holding_on(day).values("pk"))


class MembershipPages(RecordPages):
    model = Membership
    form_class = MembershipForm
    filter_class = MembershipFilter
    measure = "条"
    select_related = ("mandate__delegate", "group", "staff_account")
    when_empty = "还没有小组成员。添加代表时选定小组即成为成员。"
    without = frozenset({"add"})
    columns = (
        Column("姓名", "person_name", ("mandate__delegate__name", "staff_name"), width=14),
        Column("代表小组", "group", ("group__ordinal",), width=16),
        Column("组内职务", "get_post_display", ("post",)),
        Column("起始日期", "start", ("start",)),
        Column("终止日期", "end", ("end",)),
        Column("代表证号", "mandate.card_number", ("mandate__card_number",), minor=True),
    )
    facts = (
        ("person_name", "姓名"),
        ("mandate", "代表资格"),
        "group",
        "post",
        "start",
        "end",
        "staff_account",
        "note",
    )

    @classmethod
    def buttons(cls, membership, user):
        if not roles.keeps_records(user) or membership.end or not membership.mandate_id:
            return []
        return [("改任职务", reverse("membership_appoint", args=[membership.pk]))]
