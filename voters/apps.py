from django.apps import AppConfig

from congress import append_only

#: An item that was only ever registered may still be deleted, and its trail with it.
_NEVER_TAKEN_UP = """NOT EXISTS (
    SELECT 1 FROM voters_feedbackstep AS other
    WHERE other.item_id = OLD.item_id AND other.to_state <> 'registered'
)"""


class VotersConfig(AppConfig):
    name = "voters"
    verbose_name = "联系选民"

    def ready(self):
        from congress.audit.tables import Shown, show
        from voters import (  # noqa: F401 (say what is counted, what waits, what is shown)
            account_checks,
            activity_sections,
            duty_file,
            evaluation_section,
            merge_checks,
            plan_counts,
            session_sections,
            todo,
            todo_duty_reports,
            todo_evaluations,
            todo_reception,
            todo_suggestions,
        )

        hidden = Shown.HIDDEN
        show("voters.visit", voter_name=Shown.NAME, phone=Shown.PHONE, words=hidden, answer=hidden)
        show("voters.visitnote", text=hidden)
        show(
            "voters.feedbackitem",
            title=hidden,
            summary=hidden,
            reply=hidden,
            dissatisfaction=hidden,
        )
        show("voters.earlieranswer", reply=hidden, dissatisfaction=hidden)
        show("voters.feedbackstep", note=hidden)
        show("voters.handlingreportline", title=hidden)
        show("voters.handlingunit", phone=Shown.PHONE)
        show("voters.unavailability", reason=hidden)
        show("voters.dutyreport", report_text=hidden, questions=hidden)
        show("voters.dutyopinion", text=hidden)
        show("voters.evaluationcomment", text=hidden)

        append_only.declare(
            "voters_feedbackstep", "办理记录不能修改、删除。", unless=_NEVER_TAKEN_UP
        )
        append_only.declare("voters_ballotcorrection", "票数更正记录不能修改、删除。")
        append_only.declare("voters_contactreveal", "查看联系方式的记录不能修改、删除。")
