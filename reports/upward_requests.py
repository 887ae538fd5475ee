"""A 报告 to a superior carries no requests (党政机关公文处理工作条例 15); a 情况汇报 may."""

from .heads import usual_title
from .models import AnnualReport
from .outline import outline_of

PLACE = "对县人大的建议"
SUGGESTIONS = "suggestions"


def requests_in_report(report: AnnualReport) -> str:
    """What is wrong with asking for something in this report, in a sentence; empty if nothing."""
    if not report.addressee or not _is_report_by_name(report) or report.group_id:
        return ""
    texts = report.narratives.filter(place__startswith=PLACE)
    if not texts.exclude(text="").exists():
        return ""
    if any(part.key == SUGGESTIONS and part.is_left_out for part in outline_of(report)):
        return ""
    return (
        "上行的“报告”不得夹带请示事项；本报告写有“对县人大的建议”。"
        "请把文种改为“工作情况汇报”（标题用“情况汇报”），或者把建议另行行文。"
    )


def _is_report_by_name(report: AnnualReport) -> bool:
    title = report.title or usual_title("", report.scope, report.genre)
    return title.endswith("报告")
