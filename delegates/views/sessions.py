"""A session's agenda and attendance, and the decisions about it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from congress.editing import EditedMeanwhile, save_if_unchanged
from congress.models import Session
from congress.numerals import full_date
from congress.pages import agenda_of, days_of
from congress.periods import today
from congress.roles import keeps_records
from delegates import actions
from delegates.assembly import assembly_of, sheet, turnout_of
from delegates.decisions import DecisionForm, decide, only, sent
from delegates.forms.sessions import (
    AgendaFormSet,
    CancelSessionForm,
    MoveSessionForm,
    SessionAttendanceForm,
    VersionForm,
)
from delegates.legal_numbers import quorum


def session_or_404(pk: int) -> Session:
    return get_object_or_404(Session.objects.select_related("term"), pk=pk)


def crumbs_of_session(session: Session) -> list[tuple[str, str]]:
    return [("会议", reverse("session_list")), (str(session), session.get_absolute_url())]


@only(keeps_records)
def hold(request, pk):
    session = session_or_404(pk)
    turnout = turnout_of(session)
    if turnout.marked:
        came = f"已登记出席{turnout.present}人，还有{turnout.unmarked}人未登记。"
    else:
        came = "尚未登记出席情况，登记召开后请接着登记出席。"
    return decide(
        request,
        form=DecisionForm(sent(request)),
        act=lambda: actions.hold_session(by=request.user, session=session),
        title="登记召开",
        about=f"{session}，{days_of(session)}",
        meaning=f"登记后计入本年度已召开的会议，年度计划和工作报告随之更新。{came}",
        confirm="已召开",
        done=lambda given: (
            f"已登记{session}召开。" + ("" if turnout.marked else "尚未登记出席情况，请登记出席。")
        ),
        crumbs=crumbs_of_session(session),
    )


@only(keeps_records)
def move(request, pk):
    session = session_or_404(pk)
    return decide(
        request,
        form=MoveSessionForm(sent(request)),
        act=lambda **given: actions.move_session(by=request.user, session=session, **given),
        title="改期",
        about=f"{session}，现定{days_of(session)}",
        meaning="提前或者推迟召开由主席团决定，并予以公布（地方组织法第十四条）。原定日期保留在会议中。",
        confirm="确认改期",
        done=lambda given: f"{session}已改为{full_date(given['date'])}召开，请予公布并通知代表。",
        crumbs=crumbs_of_session(session),
    )


@only(keeps_records)
def cancel(request, pk):
    session = session_or_404(pk)
    return decide(
        request,
        form=CancelSessionForm(sent(request)),
        act=lambda **given: actions.cancel_session(by=request.user, session=session, **given),
        title="取消会议",
        about=f"{session}，{days_of(session)}",
        meaning="取消的会议不再计入计划和报告，记录保留；推迟召开的用“改期”。",
        confirm="确认取消",
        done=lambda given: f"已取消{session}。",
        crumbs=crumbs_of_session(session),
    )


@only(keeps_records)
def reopen(request, pk):
    session = session_or_404(pk)
    return decide(
        request,
        form=DecisionForm(sent(request)),
        act=lambda: actions.reopen_session(by=request.user, session=session),
        title="恢复为计划",
        about=f"{session}，现为{session.get_state_display()}",
        meaning="误登记召开或取消的会议，恢复为计划后重新办理。",
        confirm="恢复为计划",
        done=lambda given: f"{session}已恢复为计划。",
        crumbs=crumbs_of_session(session),
    )


@only(keeps_records)
def agenda(request, pk):
    """All items of the agenda, edited together."""
    session = session_or_404(pk)
    items = agenda_of(session)
    initial = [
        {
            "position": number,
            "title": item.title,
            "reporter": item.reporter,
            "result": item.result,
            "remark": item.remark,
        }
        for number, item in enumerate(items, 1)
    ]
    rows = AgendaFormSet(sent(request), initial=initial if request.method != "POST" else None)
    version = VersionForm(sent(request), initial={"version": session.version})
    context = {
        "title": "编排议程",
        "session": session,
        "crumbs": crumbs_of_session(session),
        "cancel_url": session.get_absolute_url(),
        "form": version,
        "rows": rows,
    }
    page = "delegates/session_agenda.html"
    if request.method != "POST" or not all([rows.is_valid(), version.is_valid()]):
        return render(request, page, context)
    try:
        save_if_unchanged(
            session,
            version.cleaned_data["version"],
            lambda: actions.write_agenda(by=request.user, session=session, items=rows.items()),
        )
    except EditedMeanwhile:
        session = session_or_404(pk)
        context["form"] = VersionForm(initial={"version": session.version})
        context["saved"] = agenda_of(session)
        return render(request, page, context, status=409)
    messages.success(request, f"已保存{session}的议程。")
    return redirect(session)


@only(keeps_records)
def attendance(request, pk):
    """Who came: the whole sheet is saved together, or shown again with what was typed."""
    session = session_or_404(pk)
    form = _attendance_form(request, session)
    assembly = assembly_of(session)
    context = {
        "title": "登记出席",
        "session": session,
        "crumbs": crumbs_of_session(session),
        "cancel_url": session.get_absolute_url(),
        "form": form,
        "turnout": turnout_of(session),
        "quorum": quorum(assembly.total),
        "is_early": session.date > today(),
    }
    page = "delegates/session_attendance.html"
    if request.method != "POST" or not form.is_valid():
        return render(request, page, context)
    if "all_present" in request.POST:
        form.mark_all_present()
        messages.info(request, "未登记的已全部标为出席，尚未保存；请改好请假、缺席的代表后保存。")
        return render(request, page, context)
    try:
        save_if_unchanged(
            session,
            form.cleaned_data["version"],
            lambda: (
                actions.take_session_attendance(
                    by=request.user, session=session, marks=form.marks()
                ),
                session,
            )[1],
        )
    except EditedMeanwhile:
        session = session_or_404(pk)
        form = _attendance_form(request, session)
        form.is_valid()
        context["differing"] = form.adopt(session)
        context["form"] = form
        return render(request, page, context, status=409)
    except ValidationError as error:
        form.add_error(None, error)
        return render(request, page, context)
    turnout = turnout_of(session)
    messages.success(
        request, f"已保存{session}的出席情况：出席{turnout.present}人，未登记{turnout.unmarked}人。"
    )
    if session.state == Session.State.PLANNED and session.date <= today():
        messages.info(request, "会议尚未登记召开，请登记召开。")
    return redirect(session)


def _attendance_form(request, session: Session) -> SessionAttendanceForm:
    return SessionAttendanceForm(sent(request), session=session, lines=sheet(session))
