"""Whom an activity invites, as fields of its form: a circle, and the groups or names it needs."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Q, Subquery

from congress.fields import number_sent
from congress.numerals import full_date
from congress.periods import today
from congress.roles import leads_group
from delegates.models import Level, Mandate
from groups.models import Activity, DelegateGroup, Membership

Circle = Activity.Circle


class PeopleField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, mandate):
        county = "（县代表）" if mandate.level == Level.COUNTY else ""
        return f"{mandate.delegate.name}{county}"


class InvitationMixin:
    """For a form with circle, invited_groups and invited; leaders invite the own group's members.

    Offered are those in office on the day of the activity, and whoever is ticked already.
    """

    def offer_people(self) -> None:
        day = self._day()
        ticked = {
            key
            for value in self["invited"].value() or ()
            if (key := getattr(value, "pk", None) or number_sent(str(value)))
        }
        members = Membership.objects.filter(mandate__isnull=False)
        mandates = Mandate.objects.in_office_on(day) | Mandate.objects.filter(pk__in=ticked)
        if leads_group(self.user):
            led = DelegateGroup.objects.led_by(self.user, today())
            mandates = mandates.filter(
                pk__in=members.filter(
                    Q(pk__in=members.holding_on(day)) | Q(mandate__in=ticked), group__in=led
                ).values("mandate")
            )
            circles = [each for each in Circle.choices if each[0] != Circle.GROUPS]
            self.fields["circle"].choices = circles
            del self.fields["invited_groups"]
        else:
            groups = DelegateGroup.objects.holding_on(day)
            kept = self["invited_groups"].value() or ()
            kept = {getattr(each, "pk", None) or number_sent(str(each)) for each in kept}
            groups = groups | DelegateGroup.objects.filter(pk__in=kept - {None})
            self.fields["invited_groups"].queryset = groups.order_by("ordinal")
        membership = members.holding_on(day).filter(mandate=OuterRef("pk"))
        offered = mandates.annotate(
            group=Subquery(membership.values("group")[:1]),
            ordinal=Subquery(membership.values("group__ordinal")[:1]),
        )
        self.fields["invited"].queryset = (
            offered.filter(pk__in=self._once_each(mandates, ticked))
            .select_related("delegate")
            .order_by("ordinal", "pk")
        )

    def _day(self) -> datetime.date:
        """The day as far as it is known while the form is shown."""
        value = self["date"].value()
        if not isinstance(value, datetime.date):
            try:
                value = self.fields["date"].clean(value)
            except ValidationError:
                value = None
        return value or self.instance.date or today()

    @staticmethod
    def _once_each(mandates, ticked: set[int]) -> list[int]:
        """Of a person with two mandates the one that is ticked, or else that of the town."""
        chosen: dict[int, int] = {}
        keys = set()
        for mandate in mandates.order_by("-level", "pk"):
            if mandate.pk in ticked:
                keys.add(mandate.pk)
                chosen[mandate.delegate_id] = mandate.pk
        for mandate in mandates.order_by("-level", "pk"):
            keys.add(chosen.setdefault(mandate.delegate_id, mandate.pk))
        return list(keys)

    @property
    def people_by_group(self) -> list[tuple[str, int | None, list]]:
        """(group in words, its key, boxes to tick) as the page shows them."""
        names = {group.pk: str(group) for group in DelegateGroup.objects.all()}
        found: dict[int | None, list] = {}
        for box in self["invited"]:
            found.setdefault(box.data["value"].instance.group, []).append(box)
        unassigned = found.pop(None, [])
        sections = [(names[key], key, boxes) for key, boxes in found.items()]
        return [*sections, ("未编组", None, unassigned)] if unassigned else sections

    def check_invitation(self) -> None:
        """The circle and what was ticked agree, and all invited could come."""
        cleaned = self.cleaned_data
        circle, group, day = cleaned.get("circle"), cleaned.get("group"), cleaned.get("date")
        words = Circle(circle).label if circle else ""
        for name, needed, measure in (
            ("invited_groups", Circle.GROUPS, "个小组"),
            ("invited", Circle.NAMED, "名代表"),
        ):
            if name not in self.fields or name in self.errors or not circle:
                continue
            count = len(cleaned.get(name) or ())
            if circle == needed and not count:
                self.add_error(name, f"请至少勾选一{measure}。")
            elif circle != needed and count:
                self.add_error(
                    name,
                    f"邀请范围选的是“{words}”，这里却勾选了{count}{measure}；"
                    f"请改选“{needed.label}”，或者取消勾选。",
                )
        if group and circle == Circle.GROUPS:
            self.add_error(
                "circle", "小组的活动只邀请本组成员，请选“全体”“只请本级代表”或者“逐人选定”。"
            )
        if day and not self.errors:
            self._check_day(circle, group, day)

    def _check_day(self, circle: str, group: DelegateGroup | None, day: datetime.date) -> None:
        cleaned = self.cleaned_data
        if circle == Circle.GROUPS:
            gone = [str(each) for each in cleaned["invited_groups"] if not each.holds_on(day)]
            if gone:
                self.add_error(
                    "invited_groups", f"{full_date(day)}还没有或不再有{'、'.join(gone)}。"
                )
        if circle == Circle.NAMED:
            could = Mandate.objects.in_office_on(day)
            why = "不在任"
            if group:
                members = Membership.objects.holding_on(day).filter(group=group)
                could = could.filter(pk__in=members.values("mandate"))
                why = f"不是{group}的在任成员"
            could = set(could.values_list("pk", flat=True))
            gone = [each.delegate.name for each in cleaned["invited"] if each.pk not in could]
            if gone:
                self.add_error("invited", f"{'、'.join(gone)}在{full_date(day)}{why}，请取消勾选。")
