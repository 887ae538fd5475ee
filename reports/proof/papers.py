"""Documents, sessions, the plan and drafts for the county's session, as figures."""

from django.db.models import QuerySet

from groups.models import PlanItem
from reports.figures import institution, plan
from reports.scope import Scope
from voters.models import CountyProposal

from . import work_kinds
from .figure import Figure, Span

_DUTY_REPORT = PlanItem.Kind.DUTY_REPORT
_TO_COME = "统计截止日之后这一年的年度计划中，到统计截止日还没有做完的"


def _plan_of_year(scope: Scope) -> QuerySet:
    return plan.with_done(plan.plan_items(scope, scope.year), scope)


def _drafts(kind: str):
    return lambda scope: plan.drafts_for_county(scope, kind)


FIGURES = (
    Figure(
        "documents.county",
        "上级文件",
        "个",
        "统计期内发文、来源为上级的文件；以发文日期为准，后来废止的也算。",
        work_kinds.DOCUMENT,
        institution.county_documents,
    ),
    Figure(
        "documents.own",
        "本级文件",
        "个",
        "统计期内发文、来源为本级的文件；作废的不算，后来废止的也算。",
        work_kinds.DOCUMENT,
        institution.own_documents,
    ),
    Figure(
        "sessions.held",
        "召开会议",
        "次",
        "统计期内已召开的本级人民代表大会会议。",
        work_kinds.SESSION,
        institution.sessions_held,
    ),
    Figure(
        "plan.unfinished",
        "计划中未完成的项目",
        "项",
        f"{_TO_COME}项目。",
        work_kinds.PLAN_ITEM,
        plan.to_come,
        span=Span.COMING,
    ),
    Figure(
        "plan.duty_remaining",
        "计划安排的述职",
        "名",
        f"{_TO_COME}述职人数之和。",
        work_kinds.PLAN_ITEM,
        lambda scope: plan.to_come(scope, _DUTY_REPORT),
        measure="remaining",
        span=Span.COMING,
    ),
    Figure(
        "drafts.bills",
        "起草县人代会议案",
        "件",
        "统计期内起草、拟向县人民代表大会提出的议案。",
        work_kinds.PROPOSAL,
        _drafts(CountyProposal.Kind.BILL),
    ),
    Figure(
        "drafts.suggestions",
        "起草县人代会建议",
        "件",
        "统计期内起草、拟向县人民代表大会提出的建议。",
        work_kinds.PROPOSAL,
        _drafts(CountyProposal.Kind.SUGGESTION),
    ),
)
FIGURES_OF_ONE = (
    Figure(
        "plan.remaining",
        "计划项目还要做的次数",
        "次",
        "年度计划的这一项，计划数量减去到统计截止日已完成的。",
        work_kinds.PLAN_ITEM,
        lambda scope, pk: plan.to_come(scope).filter(pk=pk),
        measure="remaining",
        span=Span.COMING,
        about=plan.to_come,
    ),
)
FACTS = (
    Figure(
        "plan",
        "本年度计划",
        "",
        "报告年度的活动计划。",
        work_kinds.PLAN_ITEM,
        _plan_of_year,
        span=Span.YEAR,
    ),
    Figure(
        "sessions.next",
        "下一次会议",
        "",
        "统计截止日之后最近的一次会议；取消的不算。",
        work_kinds.SESSION,
        institution.next_session,
        span=Span.COMING,
    ),
    Figure(
        "drafts",
        "起草的县人代会议案、建议",
        "",
        "统计期内起草、拟向县人民代表大会提出的议案和建议的标题。",
        work_kinds.PROPOSAL,
        plan.drafts_for_county,
    ),
    Figure(
        "document",
        "文件",
        "",
        "文件的标题和发文机关。",
        work_kinds.DOCUMENT,
        lambda scope, pk: institution.documents(scope).filter(pk=pk),
        about=institution.documents,
    ),
    Figure(
        "session",
        "会议",
        "",
        "会议的日期和议程。",
        work_kinds.SESSION,
        lambda scope, pk: institution.sessions_held(scope).filter(pk=pk),
        about=institution.sessions_held,
    ),
    Figure(
        "plan.item",
        "计划项目",
        "",
        "年度计划这一项的名称、月份和备注。",
        work_kinds.PLAN_ITEM,
        lambda scope, pk: plan.to_come(scope).filter(pk=pk),
        span=Span.COMING,
        about=plan.to_come,
    ),
)
