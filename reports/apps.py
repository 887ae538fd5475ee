from django.apps import AppConfig

from congress import append_only


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "工作报告"

    def ready(self):
        from congress.audit.tables import Shown, show
        from reports.signing import todo  # noqa: F401 (says what waits)

        show("reports.narrative", text=Shown.HIDDEN)
        show("reports.narrativerevision", text=Shown.HIDDEN)
        show("reports.reportattachment", text=Shown.HIDDEN)
        show("reports.reportversion", text=Shown.HIDDEN, html=Shown.HIDDEN)
        append_only.declare(
            "reports_narrativerevision", "报告文字的历次修改只能增加，不能修改、删除。"
        )
        append_only.declare("reports_reportversion", "签发的版本不能修改、删除。")
        append_only.declare("reports_reportstep", "报告办理记录不能修改、删除。")
