"""One plan on one page: a leader adds, changes, deletes and reorders the items on a phone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congress import editing, roles
from congress.fields import number_sent
from congress.periods import today
from delegates.decisions import only
from groups import plan, planning
from groups.forms.plan import BoardForm
from groups.models import PlanItem

from .plan import group_of, plan_address

NEW = "new"


@only(roles.edits_group_work)
def plan_board(request, year: int, pk: int | None = None):
    """A card for each item; each is saved by itself, so that a weak connection loses little."""
    board = Board(request, year, group_of(request.user, pk))
    if request.method == "POST":
        saved = board.save()
        if saved:
            return saved
    return render(request, "groups/plan_board.html", board.context(), status=board.status)


class Board:
    def __init__(self, request, year: int, group):
        self.request, self.user, self.year, self.group = request, request.user, year, group
        key = group and group.pk
        items = PlanItem.objects.filter(year=year, group=key).select_related("group")
        self.items = list(plan.with_progress(items, today()).order_by("number", "pk"))
        self.issue = planning.issue_of(year, key)
        self.address = plan_address(year, key)
        self.sent: BoardForm | None = None
        self.differences = None
        self.status = 200

    def save(self) -> HttpResponseRedirect | None:
        """Save the card that was sent; None where it is shown again with what is wrong."""
        key = self.request.POST.get("card", "")
        if key == NEW:
            self.sent = self.form(None, self.request.POST)
            return self.add() if self.sent.is_valid() else self.sent_before()
        item = next((each for each in self.items if each.pk == number_sent(key)), None)
        if item is None:
            messages.error(self.request, "这一项刚被删除，您填写的内容没有保存。")
            return HttpResponseRedirect(self.address)
        self.sent = self.form(item, self.request.POST)
        return self.change(item) if self.sent.is_valid() else None

    def add(self) -> HttpResponseRedirect | None:
        form = self.sent
        try:
            _, is_first = editing.save_once(self.user, form.cleaned_data["submission"], form.save)
        except ValidationError as error:
            form.blame(error)
            return None
        if is_first:
            messages.success(self.request, f"已添加“{form.instance}”。")
            return HttpResponseRedirect(f"{self.address}#item-{form.instance.pk}")
        return self.told_twice()

    def sent_before(self) -> HttpResponseRedirect | None:
        known = editing.saved_before(self.sent.cleaned_data.get("submission"))
        return self.told_twice() if known else None

    def told_twice(self) -> HttpResponseRedirect:
        messages.info(self.request, "这份表单已经保存过，没有重复添加。")
        return HttpResponseRedirect(self.address)

    def change(self, item: PlanItem) -> HttpResponseRedirect | None:
        form = self.sent
        try:
            editing.save_if_unchanged(item, form.cleaned_data["version"], form.save)
        except editing.EditedMeanwhile:
            return self.conflict(item)
        except ValidationError as error:
            form.blame(error)
            return None
        messages.success(self.request, f"已保存“{form.instance}”。")
        return HttpResponseRedirect(f"{self.address}#item-{item.pk}")

    def conflict(self, item: PlanItem) -> None:
        """Both versions are shown, and what was typed is kept."""
        current = PlanItem.objects.get(pk=item.pk)
        form = self.sent
        form.data = form.data.copy()
        form.data[form.add_prefix("version")] = current.version
        stored = self.form(current)
        self.differences = [
            editing.Difference(bound.label, theirs, yours)
            for bound in form.visible_fields()
            if (theirs := editing.in_words(stored[bound.name]))
            != (yours := editing.in_words(bound))
            and bound.name != "reason"
        ]
        self.status = 409

    def form(self, item: PlanItem | None, data=None) -> BoardForm:
        return BoardForm(
            data,
            user=self.user,
            is_issued=self.issue is not None,
            instance=item or PlanItem(year=self.year, group=self.group, responsible=self.leader),
            prefix=f"item{item.pk}" if item else NEW,
        )

    @property
    def leader(self) -> str:
        return f"{self.group}组长" if self.group else ""

    def context(self) -> dict:
        cards = []
        for item in self.items:
            form = self.sent if self.sent and self.sent.instance.pk == item.pk else self.form(item)
            cards.append((item, plan.state_of(item, today()), form, form is self.sent))
        is_new = self.sent is not None and self.sent.instance.pk is None
        name = str(self.group or planning.TOWNSHIP)
        key = self.group and self.group.pk
        return {
            "title": f"{name}{self.year}年计划",
            "year": self.year,
            "issue": self.issue,
            "cards": cards,
            "new_form": self.sent if is_new else self.form(None),
            "is_new_open": is_new or not cards,
            "sent": self.sent,
            "differences": self.differences,
            "changes": planning.changes_of(self.user, self.year).filter(group=key)[:50],
            "crumbs": [
                ("年度计划", reverse("plan")),
                (f"{self.year}年", reverse("plan_year", args=[self.year])),
            ],
        }
