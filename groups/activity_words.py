"""An activity in words, the same on its page, on paper and for the delegates invited."""

from congress.numerals import full_date, month_day, weekday

from .models import Activity

TOWNSHIP = "本级人大"


def organiser_of(activity: Activity) -> str:
    return str(activity.group or TOWNSHIP)


def days_of(activity: Activity) -> str:
    """2020年3月15日（周日）, or from the first to the last day."""
    first = f"{full_date(activity.date)}（{weekday(activity.date)}）"
    if not activity.last_day or activity.last_day == activity.date:
        return first
    same_year = activity.last_day.year == activity.date.year
    last = month_day(activity.last_day) if same_year else full_date(activity.last_day)
    return f"{first}至{last}"


def hours_of(activity: Activity) -> str:
    """09:00至11:30; empty where no time is set."""
    hours = [f"{each:%H:%M}" for each in (activity.starts_at, activity.ends_at) if each]
    return "至".join(hours)


def place_of(activity: Activity) -> str:
    """Villages visited and the place, in words."""
    return "、".join(
        [*(str(village) for village in activity.villages.all()), activity.place]
    ).strip("、")


def circle_of(activity: Activity) -> str:
    """Who is invited, in words; whoever is named one by one is only counted."""
    circle = Activity.Circle
    if activity.circle == circle.GROUPS:
        return "、".join(str(group) for group in activity.invited_groups.order_by("ordinal"))
    if activity.circle == circle.NAMED:
        return f"逐人选定{activity.invited.count()}名代表"
    whose = f"{activity.group}" if activity.group else ""
    return f"{whose}本级代表" if activity.circle == circle.TOWN else f"{whose}全体代表"


def agenda_of(activity: Activity) -> list[str]:
    return [line.strip() for line in activity.agenda.splitlines() if line.strip()]
