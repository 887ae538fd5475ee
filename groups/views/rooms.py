"""The report of all rooms, and a room that moves or changes hands."""

import io

from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress import roles
from congress.numerals import full_date
from congress.paper import paper
from congress.record_views import WORKBOOK_TYPE
from delegates.decisions import decide, only, sent
from groups import room_actions, room_report
from groups.forms.days import day_form
from groups.forms.rooms import SucceedForm
from groups.models import ActivityRoom


@require_safe
@only(roles.reads_group_work)
def room_report_page(request):
    form = day_form(request)
    report = room_report.report_on(form.day, request.user)
    if request.GET.get("export") == "xlsx":
        file = io.BytesIO()
        room_report.write(report, file)
        file.seek(0)
        return FileResponse(
            file,
            as_attachment=True,
            filename=f"活动室建设情况{report.day}.xlsx",
            content_type=WORKBOOK_TYPE,
        )
    context = {
        "title": "活动室建设情况",
        "report": report,
        "form": form,
    }
    return render(request, "groups/room_report.html", context)


@require_safe
@only(roles.reads_group_work)
def room_report_pdf(request):
    report = room_report.report_on(day_form(request).day, request.user)
    return paper(
        request,
        f"活动室建设情况（{full_date(report.day)}）",
        lambda township: room_report.paper(report, township),
        reverse("room_report"),
    )


@only(roles.keeps_records)
def succeed(request, pk: int):
    room = get_object_or_404(ActivityRoom.objects.select_related("group"), pk=pk)
    form = SucceedForm(
        sent(request), initial={"group": room.group, "name": room.name, "place": room.place}
    )
    return decide(
        request,
        form=form,
        act=lambda **given: room_actions.succeed(by=request.user, room=room, **given),
        title="活动室迁址、移交",
        about=f"{room}（{room.group}，{room.place}）",
        meaning="自该日起原活动室停用，启用新的活动室，两者前后相连。只移交给其他小组、地点不变的，"
        "沿用已有的检查结果；迁到新址的，各项须重新检查。",
        confirm="确认变动",
        done=lambda given: (
            f"已登记自{full_date(given['on'])}起启用{given['name']}（{given['place']}）。"
        ),
        crumbs=[("活动室", reverse("activityroom_list")), (str(room), room.get_absolute_url())],
    )
