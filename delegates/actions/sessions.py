"""Changes of sessions: held, moved, called off; their agenda, and who came."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from congress.models import AgendaItem, Session, User
from congress.models.sessions import AGENDA_MARK
from congress.numerals import full_date
from congress.periods import today
from congress.roles import require_keeper
from delegates.assembly import sheet
from delegates.models import SessionAttendance

from .mandates import amend

State, Status = Session.State, SessionAttendance.Status


@transaction.atomic
def hold_session(*, by: User, session: Session) -> Session:
    """已召开; who came may be recorded before or after."""
    require_keeper(by)
    session = _in_state(session, State.PLANNED, "只有计划中的会议才能登记召开。")
    if session.date > today():
        raise ValidationError(
            f"会议定于{full_date(session.date)}，日期未到，不能登记召开；提前召开的先改期。"
        )
    amend(session, state=State.HELD)
    return session


@transaction.atomic
def cancel_session(*, by: User, session: Session, because: str) -> Session:
    require_keeper(by)
    session = _in_state(session, State.PLANNED, "只有计划中的会议才能取消。")
    if session.elections.exists():
        raise ValidationError("这次会议已登记选举，请先删除选举，再取消会议。")
    amend(session, state=State.CANCELLED, cancelled_because=because)
    return session


@transaction.atomic
def move_session(
    *,
    by: User,
    session: Session,
    date: datetime.date,
    because: str,
    last_day: datetime.date | None = None,
) -> Session:
    """提前或者推迟 (地方组织法 14): the day first set is kept, however often it is moved."""
    require_keeper(by)
    session = _in_state(session, State.PLANNED, "只有计划中的会议才能改期。")
    if date == session.date:
        raise ValidationError({"date": "新的日期与原来的相同。"})
    marked = session.attendances.filter(status=Status.PRESENT).exists()
    if marked:
        raise ValidationError("已有代表登记为出席，会议不能改期；误登的请先改正出席情况。")
    amend(
        session,
        date=date,
        last_day=last_day,
        original_date=session.original_date or session.date,
        moved_because=because,
    )
    return session


@transaction.atomic
def reopen_session(*, by: User, session: Session) -> Session:
    """Back to planned, where it was called off or held by mistake."""
    require_keeper(by)
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.state == State.PLANNED:
        raise ValidationError("这次会议现为计划，不用恢复。")
    if session.elections.filter(valid__isnull=False).exists():
        raise ValidationError("这次会议已登记选举结果，不能改回计划。")
    if session.attendances.filter(status__in=[Status.PRESENT, Status.ABSENT]).exists():
        raise ValidationError("这次会议已登记出席情况，不能改回计划；误登的请先改正出席情况。")
    amend(session, state=State.PLANNED, cancelled_because="")
    return session


@transaction.atomic
def write_agenda(*, by: User, session: Session, items: Iterable[AgendaItem]) -> Session:
    """The items in their order take the place of the agenda; the version is the page's to count."""
    require_keeper(by)
    session.agenda_items.all().delete()
    items = list(items)
    for item in items:
        item.session = session
        item.full_clean()
    AgendaItem.objects.bulk_create(
        [item for item in items if item.reporter or item.result or item.remark]
    )
    session.agenda = AGENDA_MARK.join(item.title for item in items)
    session.full_clean()
    session.save()
    return session


@dataclass(frozen=True)
class Mark:
    """What is recorded of a delegate at a session."""

    status: str
    reason: str = ""
    approved_by: str = ""
    remark: str = ""


@transaction.atomic
def take_session_attendance(
    *, by: User, session: Session, marks: Mapping[int, Mark]
) -> list[SessionAttendance]:
    """The whole sheet, marks by the key of the mandate; who is not in it is not marked.

    Before the day only leave can be recorded.
    """
    require_keeper(by)
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.state == State.CANCELLED:
        raise ValidationError("会议已取消，不登记出席情况。")
    lines = {line.mandate.pk: line for line in sheet(session)}
    if marks.keys() - lines.keys():
        raise ValidationError("所选代表不在这次会议的应到之列，请重新打开本页。")
    early = session.date > today()
    saved = []
    for key, mark in marks.items():
        line = lines[key]
        if early and mark.status in (Status.PRESENT, Status.ABSENT):
            raise ValidationError(
                f"会议定于{full_date(session.date)}，会前只能登记请假；"
                f"{line.mandate.delegate}不能登记为{Status(mark.status).label}。"
            )
        attendance = line.attendance or SessionAttendance(session=session, mandate=line.mandate)
        values = vars(mark)
        if line.attendance and all(
            getattr(attendance, name) == value for name, value in values.items()
        ):
            continue
        amend(attendance, **values)
        saved.append(attendance)
    session.attendances.filter(mandate__in=lines.keys() - marks.keys()).delete()
    return saved


def _in_state(session: Session, state: str, refusal: str) -> Session:
    """The session as it is now, locked until the change is done."""
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.state != state:
        raise ValidationError(f"这次会议现为{session.get_state_display()}；{refusal}")
    return session
