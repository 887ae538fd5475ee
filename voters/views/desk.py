"""接待台: one screen for a reception day, and one line for a visit."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.utils.html import format_html
from django.views import View
from django.views.decorators.http import require_POST

from congress import editing, roles
from congress.periods import today
from voters.actions import log_visit, record_attendance
from voters.desk import fill_known_voter, lexicon, likely_duplicates, read_line, seen_before
from voters.desk.reading import ITEM_FIELDS, MOST_ITEMS, VISIT_FIELDS, item_field, line_ends
from voters.forms import AttendanceForm, DeskForm, DeskRows
from voters.models import FeedbackItem, ReceptionDay, Visit

from .visits import logged_words


def desk(request):
    """The day that is received on: at once where there is one, else to choose by group."""
    if not roles.reads_group_work(request.user):
        raise PermissionDenied
    days = list(ReceptionDay.objects.visible_to(request.user).at_the_desk(today()))
    if len(days) == 1:
        return redirect("desk_day", days[0].pk)
    return render(request, "voters/desk_choice.html", {"title": "接待台", "days": days})


class DeskDay(View):
    """The desk of one day. Those who keep no records read what came in, the voters masked."""

    def dispatch(self, request, *args, **kwargs):
        if not roles.reads_group_work(request.user):
            raise PermissionDenied
        self.day = get_object_or_404(
            ReceptionDay.objects.visible_to(request.user).select_related("group", "closed_by"),
            pk=kwargs["pk"],
        )
        self.keeps = roles.keeps_records(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        if not self.keeps:
            return render(request, "voters/desk_view.html", self.day_context())
        return self.page(*self.blank_form())

    def post(self, request, pk):
        if not self.keeps:
            raise PermissionDenied
        reading = read_line(request.POST, lexicon(request.user))
        if "known" in request.POST:
            fill_known_voter(request.user, reading.data)
        if {"read", "more", "known"} & set(request.POST):
            return self.draft(reading)
        without_items = "no_item" in reading.data
        form, rows = self.forms(reading.data, rows_are_draft=without_items)
        is_right = all([form.is_valid(), rows.is_valid()])
        token = form.cleaned_data.get("submission")
        address = editing.saved_before(token)
        if address:
            return self.sent_twice(form, rows, reading, address)
        if is_right and not without_items and not (rows.accepted or rows.rejected):
            form.add_error("no_item", "没有填写意见建议；确实没有的请勾选这一项。")
            is_right = False
        if not is_right or self.warns_of_duplicates(form, rows, reading):
            return self.page(form, rows, reading)
        try:
            address, is_first = self.save(form, rows, without_items)
        except ValidationError as error:
            form.blame(error)
            return self.page(form, rows, reading)
        if not is_first:
            return self.sent_twice(form, rows, reading, address)
        visit = form.instance
        link = format_html('<a href="{}">打开{}号</a>', visit.get_absolute_url(), visit.number)
        return self.saved(token, format_html("{}{}", logged_words(visit), link))

    def save(self, form, rows, without_items):
        return editing.save_once(
            self.request.user,
            form.cleaned_data["submission"],
            lambda: log_visit(
                user=self.request.user,
                visit=form.instance,
                received_by=form.cleaned_data["received_by"],
                items=[] if without_items else rows.accepted,
                rejected=[] if without_items else rows.rejected,
                form=form.blank_form,
            ),
        )

    def forms(self, data, is_draft=False, rows_are_draft=False):
        user = self.request.user
        form = DeskForm(data, instance=Visit(day=self.day), user=user, is_draft=is_draft)
        rows = DeskRows(
            data,
            queryset=FeedbackItem.objects.none(),
            prefix="items",
            form_kwargs={"user": user, "is_draft": is_draft or rows_are_draft},
        )
        return form, rows

    def blank_form(self):
        number = self.request.GET.get("form", "")
        form = DeskForm(
            instance=Visit(day=self.day),
            user=self.request.user,
            initial={"line": f"{number} " if number else ""},
        )
        rows = DeskRows(
            queryset=FeedbackItem.objects.none(),
            prefix="items",
            form_kwargs={"user": self.request.user, "is_draft": False},
        )
        return form, rows

    def draft(self, reading):
        """Filled from the line, or one more row; nothing is judged."""
        if "more" in self.request.POST:
            total = int(reading.data["items-TOTAL_FORMS"])
            reading.data["items-TOTAL_FORMS"] = str(min(total + 1, MOST_ITEMS))
        form, rows = self.forms(reading.data, is_draft=True)
        return self.page(form, rows, reading)

    def warns_of_duplicates(self, form, rows, reading) -> bool:
        """Likely duplicates are shown once; whoever saves again has seen them."""
        if form.cleaned_data["no_item"]:
            return False
        found = likely_duplicates(self.request.user, reading.data, rows.total_form_count())
        keys = {str(alike.item.pk) for alike in found}
        if keys <= set(reading.data.get("shown_alike", "").split()):
            return False
        form.data["shown_alike"] = " ".join(sorted(keys))
        form.must_confirm = True
        return True

    def sent_twice(self, form, rows, reading, address):
        """Saved before: a second click changes nothing; what was typed since is kept."""
        visit = get_object_or_404(Visit, pk=resolve(address).kwargs["pk"])
        link = format_html('<a href="{}">{}号</a>', visit.get_absolute_url(), visit.number)
        same = (visit.voter_name, line_ends(visit.words)) == (
            reading.data.get("voter_name", "").strip(),
            line_ends(reading.data.get("words", "")),
        )
        if same:
            return self.saved(
                form.cleaned_data["submission"],
                format_html("这次来访已登记为{}，没有重复登记。", link),
            )
        form.data["submission"] = str(uuid.uuid4())
        return self.page(
            form,
            rows,
            reading,
            said=format_html(
                "先前的内容已登记为{}。现在填写的与它不同，还没有保存；"
                "需要另行登记的请再按一次保存。",
                link,
            ),
        )

    def saved(self, token, said):
        if not self.wants_parts:
            messages.success(self.request, said)
            return HttpResponseRedirect(self.request.path)
        return self.parts(*self.blank_form(), saved=str(token), said=said)

    def page(self, form, rows, reading=None, said=""):
        if self.wants_parts:
            return self.parts(form, rows, reading, said=said)
        context = self.form_context(form, rows, reading) | self.day_context()
        return render(self.request, "voters/desk_day.html", context | {"said": said})

    @property
    def wants_parts(self) -> bool:
        """The script asks for the parts of the page that change."""
        return self.request.headers.get("Accept") == "application/json"

    def parts(self, form, rows, reading=None, saved="", said=""):
        def part(name, context):
            return render_to_string(f"voters/_desk_{name}.html", context, self.request)

        return JsonResponse(
            {
                "saved": saved,
                "said": said,
                "form": part("form", self.form_context(form, rows, reading)),
                "visits": part("visits", self.day_context()),
            }
        )

    def form_context(self, form, rows, reading):
        return {"day": self.day, "form": form, "rows": rows} | _known(
            self.request.user, reading, rows.total_form_count()
        )

    def day_context(self):
        others = ReceptionDay.objects.visible_to(self.request.user).at_the_desk(today())
        items = Prefetch("items", FeedbackItem.objects.with_clock(today()))
        visits = Visit.objects.visible_to(self.request.user).filter(day=self.day)
        return {
            "title": f"{self.day.date.month}月{self.day.date.day}日接待台",
            "crumbs": [("接待台", reverse("desk"))],
            "day": self.day,
            "other_days": [other for other in others if other.pk != self.day.pk],
            "duties": self.day.duties.select_related("mandate__delegate"),
            "attendance": AttendanceForm(day=self.day),
            "visits": visits.select_related("village").prefetch_related(items).order_by("-pk"),
            "persons": visits.persons(),
            "closed_visits": Visit.objects.closed_to(self.request.user)
            .filter(day=self.day)
            .count(),
            "takes_visits": self.day.takes_visits(today()),
            "keeps": self.keeps,
        }


def _known(user, reading, rows: int) -> dict:
    """What the line says and what the office knows of it already."""
    if reading is None:
        return {}
    return {
        "reading": reading,
        "seen": seen_before(user, reading.data),
        "alike": likely_duplicates(user, reading.data, rows),
    }


@require_POST
def desk_parse(request, pk):
    """What the form says once its line is read; nothing is saved."""
    roles.require_keeper(request.user)
    get_object_or_404(ReceptionDay, pk=pk)
    reading = read_line(request.POST, lexicon(request.user))
    rows = int(reading.data["items-TOTAL_FORMS"])
    names = [*VISIT_FIELDS, *(item_field(row, name) for row in range(rows) for name in ITEM_FIELDS)]
    return JsonResponse(
        {
            "rows": rows,
            "filled": reading.data["filled"],
            "values": {name: line_ends(reading.data.get(name, "")) for name in names},
            "read": render_to_string(
                "voters/_desk_read.html", _known(request.user, reading, rows), request
            ),
            "visit": reading.visit.get_absolute_url() if reading.visit else "",
        }
    )


@require_POST
def desk_attendance(request, pk):
    """Who of those on duty came."""
    roles.require_keeper(request.user)
    day = get_object_or_404(ReceptionDay, pk=pk)
    form = AttendanceForm(request.POST, day=day)
    if form.is_valid():
        try:
            record_attendance(user=request.user, day=day, statuses=form.statuses)
            messages.success(request, "已保存到岗情况。")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    return redirect("desk_day", pk)
