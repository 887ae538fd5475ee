"""Logging a visit: one page, one transaction."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from congress import editing, roles
from congress.reasons import ReasonForm
from congress.record_views import RecordAdd, RecordDetail, RecordEdit
from voters.actions import add_note, correct_visit, log_visit, reveal_contact
from voters.forms import InformedForm, ItemRows, VisitNoteForm
from voters.forms.visits import days_to_log, on_duty
from voters.models import FeedbackItem, Visit
from voters.states import State

from .records import DraftPost, StepView


class VisitForms(DraftPost):
    """The visit's form and the rows of its items, which are judged and saved together."""

    draft_buttons = ("more", "choose_day")

    def visit_items(self):
        if self.object is None:
            return FeedbackItem.objects.none()
        return self.object.items.order_by("pk")

    def get_rows(self):
        rows = ItemRows(
            self.request.POST if self.request.method == "POST" else None,
            queryset=self.visit_items(),
            prefix="items",
            form_kwargs={"user": self.request.user, "is_draft": self.is_draft},
        )
        if self.object is not None:
            rows.extra = 0
        return rows

    def post(self, request, *args, **kwargs):
        if self.is_draft:
            request.POST = self.filled_further(request.POST.copy())
            return super().post(request, *args, **kwargs)
        self.object = self.get_object() if "pk" in self.kwargs else None
        form, rows = self.get_form(), self.get_rows()
        # Both are judged, so that all errors are shown at once.
        if all([form.is_valid(), rows.is_valid()]):
            return self.saved(form, rows)
        return self.again(form, rows)

    def filled_further(self, data):
        """One more row; or, for another day, all who were on duty that day."""
        if "more" in data:
            total = int(data.get("items-TOTAL_FORMS") or 0)
            data["items-TOTAL_FORMS"] = str(min(total + 1, ItemRows.max_num))
        if "choose_day" in data:
            keys = on_duty(data.get("day")).values_list("pk", flat=True)
            data.setlist("received_by", [str(key) for key in keys])
        return data

    def again(self, form, rows, status=200, **context):
        return self.render_to_response(
            self.get_context_data(form=form, rows=rows, **context), status=status
        )

    def get_context_data(self, **kwargs):
        kwargs.setdefault("rows", self.get_rows())
        return super().get_context_data(**kwargs)


class VisitAdd(VisitForms, RecordAdd):
    def get_initial(self):
        """The day asked for, else the latest; all who were on duty received the voter."""
        days = days_to_log()
        asked, number = self.request.GET.get("day", ""), self.request.GET.get("form", "")
        if asked.isdecimal():
            day = days.filter(pk=asked).first()
        else:
            day = days.filter(blank_forms__number=number).first() or days.first()
        if day is None:
            return {}
        return {
            "day": day.pk,
            "received_by": list(on_duty(day.pk).values_list("pk", flat=True)),
            "form_number": number,
        }

    def saved(self, form, rows):
        def save():
            return log_visit(
                user=self.request.user,
                visit=form.instance,
                received_by=form.cleaned_data["received_by"],
                items=rows.new_items,
                form=form.blank_form,
            )

        try:
            address, is_first = editing.save_once(
                self.request.user, form.cleaned_data["submission"], save
            )
        except ValidationError as error:
            form.blame(error)
            return self.again(form, rows)
        if is_first:
            visit = form.instance
            again = format_html(
                '<a href="{}?day={}">再登记一次来访</a>', reverse("visit_add"), visit.day_id
            )
            messages.success(self.request, format_html("{}{}", logged_words(visit), again))
            return HttpResponseRedirect(address)
        return self.sent_twice(address)

    def again(self, form, rows, status=200, **context):
        """A second click is no mistake, though the form's number is now used."""
        address = editing.saved_before(form.cleaned_data.get("submission"))
        return self.sent_twice(address) if address else super().again(form, rows, status, **context)

    def sent_twice(self, address):
        messages.info(self.request, "这份表单已经保存过，没有重复登记。")
        return HttpResponseRedirect(address)


class VisitEdit(VisitForms, RecordEdit):
    def saved(self, form, rows):
        def save():
            return correct_visit(
                user=self.request.user,
                visit=form.instance,
                received_by=form.cleaned_data["received_by"],
                changed=rows.changed_items,
                added=rows.new_items,
            )

        try:
            editing.save_if_unchanged(self.object, form.cleaned_data["version"], save)
        except editing.EditedMeanwhile:
            return self.conflict(form, rows)
        except ValidationError as error:
            form.blame(error)
            return self.again(form, rows)
        messages.success(self.request, f"已保存{self.object.number}号来访登记。")
        return HttpResponseRedirect(self.object.get_absolute_url())

    def conflict(self, form, rows):
        """Both versions of the visit and of its items; what was typed stays in the form."""
        current = self.get_queryset().filter(pk=self.object.pk).first()
        if current is None:
            messages.error(self.request, "这条来访登记刚被他人删除，您填写的内容没有保存。")
            return HttpResponseRedirect(self.address("list"))
        form.data = form.data.copy()
        form.data[form.add_prefix("version")] = current.version
        differences = form.differences(current)
        rows.data = rows.data.copy()
        items = {item.pk: item for item in self.visit_items()}
        for row in rows.initial_forms:
            item = items.get(row.instance.pk)
            row.data = rows.data
            if item and item.version != row.cleaned_data["version"]:
                rows.data[row.add_prefix("version")] = item.version
                differences += row.differences(item)
        return self.again(form, rows, status=409, differences=differences)


class VisitPhone(RecordDetail):
    """显示电话: shown once, in the answer to this request; who asked, and why, is kept."""

    http_method_names = ["post"]

    def is_allowed(self, user):
        return roles.sees_voter_contact(user)

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        form, phone = ReasonForm(request.POST), None
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            phone = reveal_contact(user=request.user, visit=self.object, reason=reason)
        context = self.get_context_data() | {"phone": phone, "reveal_form": form}
        response = self.render_to_response(context)
        response["Cache-Control"] = "no-store"
        return response


class VisitInformed(StepView):
    """知情人员: any of them, and the secretary, names others; also when the day is closed."""

    form_class = InformedForm
    label = "知情人员"

    def is_allowed(self, user):
        return roles.reads_group_work(user)

    def dispatch(self, request, *args, **kwargs):
        """Of what was not told in confidence there is nobody to name."""
        visible = self.pages.visible_to(request.user)
        visit = visible.filter(pk=kwargs["pk"], confidential=False).first()
        if visit and self.is_allowed(request.user):
            messages.info(request, f"{visit.number}号来访没有要求保密，不用指定知情人员。")
            return HttpResponseRedirect(visit.get_absolute_url())
        return super().dispatch(request, *args, **kwargs)

    def get_object(self, queryset=None):
        return super(RecordEdit, self).get_object(queryset)

    def next_address(self):
        """Who took the own name away sees the visit no longer."""
        visible = Visit.objects.visible_to(self.request.user).filter(pk=self.object.pk)
        return self.object.get_absolute_url() if visible.exists() else self.address("list")

    def said(self, form):
        names = "、".join(account.name for account in form.cleaned_data["informed"])
        return f"{self.object.number}号来访的知情人员：{names}。"


class VisitNoteAdd(RecordDetail):
    """更正和补充: added below the visit, which is shown again where nothing was written."""

    http_method_names = ["post"]

    def is_allowed(self, user):
        return roles.keeps_records(user)

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        form = VisitNoteForm(request.POST, user=request.user)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data() | {"note_form": form})

        def save():
            return add_note(
                user=request.user, visit=self.object, text=form.cleaned_data["text"]
            ).visit

        address, is_first = editing.save_once(request.user, form.cleaned_data["submission"], save)
        said = "已添加更正和补充。" if is_first else "这份表单已经保存过，没有重复添加。"
        messages.success(request, said)
        return HttpResponseRedirect(address)


def logged_words(visit: Visit) -> str:
    """已登记2020-055号 …: the visit, and what became of each item."""
    said = [f"已登记{visit.number}号来访"]
    for item in visit.items.select_related("lead_unit").order_by("pk"):
        if item.due_on:
            due = f"{item.due_on.month}月{item.due_on.day}日"
            said.append(f"意见{item.number}交{item.lead_unit}办理，期限{due}")
        elif item.state == State.REJECTED:
            said.append(f"意见{item.number}不予受理，{item.reply}")
        else:
            said.append(f"意见{item.number}待交办")
    return "；".join(said) + "。"
