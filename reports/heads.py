"""What stands above and below the text: title, session and speaker, whom it is for, signature."""

from dataclasses import replace

from congress.models import Session, User
from congress.numerals import full_date, group_name, ordinal
from congress.periods import today
from congress.roles import Role
from delegates.models import Delegate
from reports.figures import ReportFigures
from reports.models import AnnualReport
from reports.scope import Scope
from reports.structure import Document, Signature

DELEGATES = "各位代表"


def usual_title(township: str, scope: Scope, genre: str = AnnualReport.Genre.BRIEFING) -> str:
    """XX镇人大工作情况汇报, 第一代表小组2020年第三季度活动情况汇报, XX镇人大主席团工作报告."""
    when = _days(scope) if scope.is_part else ""
    if genre == AnnualReport.Genre.WORK_REPORT:
        whose = group_name(scope.group.ordinal) if scope.group else f"{township}人大主席团"
        return f"{whose}{when}工作报告"
    if scope.group:
        return f"{group_name(scope.group.ordinal)}{when or f'{scope.year}年'}活动情况汇报"
    return f"{township}人大{when}工作情况汇报"


def _days(scope: Scope) -> str:
    """2020年上半年; 2020年3月2日至5月8日."""
    if scope.part:
        return f"{scope.first.year}年{scope.part}"
    return scope.days_in_words


def headed(document: Document, report: AnnualReport, figures: ReportFigures) -> Document:
    """The document under the report's own head, with its signature.

    The report given to a session addresses the delegates, any other one its addressee.
    """
    township = figures.institution.name
    to_session = report.genre == AnnualReport.Genre.WORK_REPORT and not report.addressee
    return replace(
        document,
        title=report.title or usual_title(township, figures.scope, report.genre),
        subtitle=_occasion(township, report) if to_session else (),
        salutation=DELEGATES if to_session else "",
        addressee=report.addressee,
        signature=_signature(report),
    )


def _occasion(township: str, report: AnnualReport) -> tuple[str, ...]:
    """When and where it is given, and by whom."""
    session = report.session
    lines = (
        [f"——{full_date(session.date)}在{session_in_full(township, session)}上"] if session else []
    )
    if report.speaker:
        named_with_post = "主席" in report.speaker
        lines.append(report.speaker if named_with_post else f"{township}人大主席　{report.speaker}")
    return tuple(lines)


def session_in_full(township: str, session: Session) -> str:
    """XX镇第十五届人民代表大会第四次会议."""
    return (
        f"{township}{ordinal(session.term.ordinal)}届人民代表大会{ordinal(session.ordinal)}次会议"
    )


def recorded_chair() -> str:
    """The chair's name: a delegate in office who is called so, else the one account of a chair."""
    called = Delegate.objects.in_office_on(today()).filter(occupation__contains="人大主席")
    names = called.values_list("name", flat=True)[:2]
    if len(names) != 1:
        accounts = User.objects.filter(role=Role.CHAIR, is_active=True)
        names = accounts.values_list("name", flat=True)[:2]
    return names[0] if len(names) == 1 else ""


def _signature(report: AnnualReport) -> Signature | None:
    if not (report.organ or report.dated):
        return None
    return Signature(report.organ, full_date(report.dated) if report.dated else "")
