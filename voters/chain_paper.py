"""视察调研情况 as a paper: found, recommended, passed on, followed up, taken up, still open."""

import datetime

from django.template.loader import render_to_string

from congress.models import Township
from congress.pdf import render_pdf
from groups.activity_words import days_of, organiser_of, place_of
from groups.attendance import turnout
from groups.chain import Chain
from groups.models import Activity

from .activity_sections import items_from, steps_of


def chain_paper(activity: Activity, day: datetime.date, township: Township) -> bytes:
    """As it stands that day; whoever sees the activity sees what became of its recommendations."""
    chain = Chain(activity, day)
    items = items_from(activity)
    context = {
        "township": township,
        "activity": activity,
        "day": day,
        "facts": [
            (label, value)
            for label, value in (
                ("时间", days_of(activity)),
                ("组织者", organiser_of(activity)),
                ("地点", place_of(activity)),
                ("主题", activity.theme),
                ("内容", activity.content),
            )
            if value
        ],
        "turnout": turnout(activity.attendances.counted()),
        "chain": chain,
        "advice": [
            (line, state, items.get(line.pk), steps_of(items[line.pk]) if line.pk in items else ())
            for line, state, _ in chain.advice
        ],
    }
    return render_pdf(render_to_string("voters/papers/activity_chain.html", context))
