"""扫码签到: an address that only those invited can sign in with, only during the activity."""

import datetime
import secrets
from dataclasses import dataclass
from enum import IntEnum

from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone

from congress.models import User
from congress.roles import edits_group_work
from delegates.models import Delegate, Mandate

from .attendance import leave_marks, mark_of
from .leave import invited_mandate
from .models import Activity, Attendance

Status = Attendance.Status
#: People come before it begins.
AHEAD = datetime.timedelta(hours=1)
_signer = Signer(salt="groups.sign_in", sep=".")


class WrongAddressError(Exception):
    """The address was never given out: broken off, mistyped or made up."""


@dataclass(frozen=True)
class Hours:
    """A stretch in which one may sign in, in local time; its last minute is included."""

    opens: datetime.datetime
    closes: datetime.datetime

    def __contains__(self, moment: datetime.datetime) -> bool:
        return self.opens <= moment.replace(second=0, microsecond=0) <= self.closes


def sign_in_hours(
    first: datetime.date,
    last: datetime.date | None = None,
    starts_at: datetime.time | None = None,
    ends_at: datetime.time | None = None,
) -> list[Hours]:
    """When one may sign in at an activity, day by day.

    From an hour before it starts until it ends, on each of its days; all day where no time was
    set. Where it starts later in the day than it ends on its last day, the days run into each
    other. Nobody signs in between two days, and not on the day before.
    """
    last = last or first
    midnight, end_of_day = datetime.time(0), datetime.time(23, 59)
    daily = not starts_at or not ends_at or starts_at < ends_at
    hours = []
    for number in range((last - first).days + 1):
        day = first + datetime.timedelta(days=number)
        starts = starts_at if starts_at and (daily or day == first) else midnight
        ends = ends_at if ends_at and (daily or day == last) else end_of_day
        start_of_day = datetime.datetime.combine(day, midnight)
        early = datetime.datetime.combine(day, starts) - AHEAD
        hours.append(Hours(max(early, start_of_day), datetime.datetime.combine(day, ends)))
    return hours


def hours_of(activity: Activity) -> list[Hours]:
    return sign_in_hours(activity.date, activity.last_day, activity.starts_at, activity.ends_at)


def token_of(activity: Activity) -> str:
    """What stands in the address; another one as soon as the code is renewed."""
    return _signer.sign(f"{activity.pk}-{activity.sign_in_secret}")


def activity_of(token: str) -> Activity | None:
    """The activity of an address, None where the code was replaced or stopped meanwhile.

    Raises ``WrongAddressError``.
    """
    try:
        pk, secret = _signer.unsign(token).split("-", 1)
    except (BadSignature, ValueError) as error:
        raise WrongAddressError from error
    return Activity.objects.filter(pk=pk, sign_in_secret=secret).exclude(sign_in_secret="").first()


def renew_code(*, by: User, activity: Activity) -> None:
    """A new code; whatever was printed or photographed before is void."""
    _set_secret(by, activity, secrets.token_hex(8))


def stop_code(*, by: User, activity: Activity) -> None:
    """Nobody can sign in any more until there is a new code."""
    _set_secret(by, activity, "")


def _set_secret(by: User, activity: Activity, secret: str) -> None:
    visible = Activity.objects.visible_to(by).filter(pk=activity.pk)
    if not edits_group_work(by) or not visible.update(sign_in_secret=secret):
        raise PermissionDenied
    activity.sign_in_secret = secret


class Answer(IntEnum):
    """HTTP status of what somebody who scanned the code is told."""

    WELCOME = 200
    REFUSED = 403
    NO_SUCH_ADDRESS = 404
    GONE = 410


@dataclass(frozen=True)
class Told:
    """What somebody who scanned the code is told; ``mandate`` only of those who may know more."""

    heading: str
    words: str
    answer: Answer = Answer.REFUSED
    mandate: Mandate | None = None
    may_sign_in: bool = False
    is_signed_in: bool = False


WRONG_ADDRESS = Told(
    "签到地址不对",
    "请重新扫描会场的签到二维码；仍然打不开的，请告诉会务人员。",
    Answer.NO_SUCH_ADDRESS,
)
REPLACED = Told(
    "这个二维码已更换或停用",
    "请扫描会场现在显示的二维码；没有的，请会务人员登记出席。",
    Answer.GONE,
)
NO_DELEGATE = Told(
    "这个账号不是代表本人的账号",
    "签到记在代表名下。请退出后用代表本人的账号登录，再扫一次；没有账号的，请会务人员登记出席。",
)


def what_to_tell(user: User, activity: Activity, moment: datetime.datetime) -> Told:
    """Whether the user may sign in at the activity now, and if not, why."""
    person = Delegate.objects.filter(account=user).first()
    if person is None:
        return NO_DELEGATE
    attendance = (
        activity.attendances.filter(mandate__delegate=person).select_related("mandate").first()
    )
    mandate = attendance.mandate if attendance else invited_mandate(activity, person)
    if mandate is None:
        return _not_expected(activity, person)
    mandate.delegate = person
    if attendance and attendance.status == Status.PRESENT:
        return _welcome(attendance)
    closed = _outside_hours(activity, moment, mandate)
    if closed:
        return closed
    leave = leave_marks(activity).get(mandate.pk)
    if attendance and not (attendance.status == Status.LEAVE and leave):
        marked = mark_of(attendance).words
        return Told(
            f"已登记为{attendance.get_status_display()}",
            f"会务人员已把您登记为{marked}，扫码不能改动。您已到会的，请当面告诉会务人员改为出席。",
            mandate=mandate,
        )
    words = "请核对姓名后签到。"
    if attendance or leave:
        words = "您已请假获准。已经到会的，签到后改为出席。"
    return Told("可以签到", words, Answer.WELCOME, mandate, may_sign_in=True)


def _not_expected(activity: Activity, person: Delegate) -> Told:
    if not person.mandates.in_office_on(activity.date).exists():
        return Told(
            "活动当日您不在任",
            "活动当日在任、未暂停执行职务的代表才能签到。与实际不符的，请告诉会务人员。",
        )
    return Told(
        "您不在这次活动的邀请范围内",
        "临时受邀的，请会务人员在登记出席时把您加入名单。",
    )


def _outside_hours(activity: Activity, moment: datetime.datetime, mandate: Mandate) -> Told | None:
    hours = hours_of(activity)
    now = timezone.make_naive(moment)
    if any(now in each for each in hours):
        return None
    coming = [each.opens for each in hours if each.opens > now]
    if coming:
        return Told("还没到签到时间", f"{_moment_words(coming[0])}起可以签到。", mandate=mandate)
    words = f"签到到{_moment_words(hours[-1].closes)}为止。已到会的，请会务人员登记出席。"
    return Told("签到时间已过", words, mandate=mandate)


def _moment_words(moment: datetime.datetime) -> str:
    return f"{moment.month}月{moment.day}日{moment:%H:%M}"


def _welcome(attendance: Attendance) -> Told:
    words = "会务人员已登记您出席，不必再签到。"
    if attendance.signed_in_at:
        words = f"{_moment_words(timezone.make_naive(attendance.signed_in_at))}签到。"
    return Told("已签到", words, Answer.WELCOME, attendance.mandate, is_signed_in=True)


@transaction.atomic
def sign_in(*, by: User, activity: Activity, moment: datetime.datetime) -> Told:
    """Sign in with the activity's code as it was opened; twice is once."""
    same_code = Activity.objects.filter(pk=activity.pk, sign_in_secret=activity.sign_in_secret)
    if not list(same_code.select_for_update(of=("self",))):
        return REPLACED
    told = what_to_tell(by, activity, moment)
    if not told.may_sign_in:
        return told
    attendance = activity.attendances.filter(mandate=told.mandate).first()
    if attendance is None:
        attendance = Attendance(activity=activity, mandate=told.mandate)
    else:
        attendance.version += 1
    attendance.status, attendance.reason, attendance.approved_by = Status.PRESENT, "", ""
    attendance.signed_in_at = moment
    attendance.save()
    return _welcome(attendance)
