"""Sessions with what this room knows of them: who came, the numbers of law, elections."""

from django.db.models import Max
from django.urls import reverse

import congress.pages
from congress import roles
from congress.models import Session, Term
from congress.periods import today


class SessionPages(congress.pages.SessionPages):
    @classmethod
    def buttons(cls, session, user):
        if not roles.keeps_records(user):
            return []
        state, key = session.state, [session.pk]
        agenda = ("编排议程", reverse("session_agenda", args=key))
        if state == Session.State.CANCELLED:
            return [("恢复为计划", reverse("session_reopen", args=key))]
        attendance = ("登记出席", reverse("session_attendance", args=key))
        if state == Session.State.HELD:
            return [attendance, agenda]
        may_be_held = session.date <= today()
        return [
            *([("登记召开", reverse("session_hold", args=key))] if may_be_held else []),
            attendance,
            agenda,
            ("改期", reverse("session_move", args=key)),
            ("取消会议", reverse("session_cancel", args=key)),
        ]

    @classmethod
    def related(cls, session, user):
        return super().related(session, user) | {
            "may_reopen": roles.keeps_records(user) and session.state == Session.State.HELD,
            "keeps_records": roles.keeps_records(user),
        }

    @classmethod
    def initial(cls, request):
        """The next session of the latest term."""
        given = super().initial(request)
        term = Term.objects.first()
        if "term" not in given and term:
            last = term.sessions.aggregate(last=Max("ordinal"))["last"] or 0
            given |= {"term": term.pk, "ordinal": last + 1}
        return given
