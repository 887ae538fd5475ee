"""What stands in the navigation: by work, and only what the role may open."""

import functools
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from . import roles
from .models import Township
from .periods import today
from .roles import Role


@dataclass(frozen=True)
class Entry:
    label: str
    url_name: str
    allowed: object
    #: Further pages of the same work, shown when one of them is open.
    pages: tuple["Entry", ...] = field(default=())


ENTRIES = (
    Entry(
        "今日",
        "dashboard",
        lambda user: True,
        (
            Entry("总览", "dashboard", lambda user: True),
            Entry("待办", "todo", lambda user: True),
        ),
    ),
    Entry(
        "接待选民",
        "visit_list",
        roles.reads_group_work,
        (
            Entry("接待台", "desk", roles.reads_group_work),
            Entry("来访登记", "visit_list", roles.reads_group_work),
            Entry("接待选民日", "receptionday_list", roles.reads_group_work),
            Entry("公告与登记簿", "reception_papers", roles.edits_group_work),
            Entry("登记表", "form_batches", roles.keeps_records),
            Entry("全年日历", "calendar", roles.reads_group_work),
            Entry("排班", "rota", roles.reads_group_work),
            Entry("不能接待的日期", "unavailability_list", roles.reads_group_work),
            Entry("接待情况", "reception_figures", roles.reads_group_work),
            Entry("清除联系方式", "contact_clearing", roles.runs_the_year),
        ),
    ),
    Entry(
        "接待选民",
        "calendar",
        roles.is_delegate,
        (
            Entry("全年日历", "calendar", roles.is_delegate),
            Entry("不能接待的日期", "unavailability_list", roles.is_delegate),
        ),
    ),
    Entry(
        "意见建议",
        "feedbackitem_list",
        roles.reads_items,
        (
            Entry("全部意见建议", "feedbackitem_list", roles.reads_items),
            Entry("待分办", "feedbackitem_inbox", roles.reads_all),
            Entry("办理情况", "feedbackitem_board", roles.reads_items),
            Entry("凭编号录入", "feedbackitem_enter", roles.keeps_records),
            Entry("督办", "feedbackitem_supervised", roles.reads_all),
            Entry("承诺事项", "commitment_list", roles.reads_items),
            Entry("流程说明", "feedbackitem_help", roles.reads_items),
        ),
    ),
    Entry("评议结果", "evaluation_mine", roles.handles_items),
    Entry(
        "活动与计划",
        "activity_list",
        roles.reads_group_work,
        (
            Entry("活动", "activity_list", roles.reads_group_work),
            Entry("请假", "leaverequest_list", roles.reads_group_work),
            Entry("年度计划", "plan", roles.reads_group_work),
            Entry("计划项目", "planitem_list", roles.reads_group_work),
            Entry("视察建议落实情况", "recommendation_list", roles.reads_group_work),
            Entry("建议转送", "transmission_list", roles.reads_group_work),
            Entry("后续与告知", "followup_list", roles.reads_group_work),
            Entry("单位测评", "unitevaluation_list", roles.reads_group_work),
            Entry("我的活动", "my_activities", roles.may_be_delegate),
        ),
    ),
    Entry("我的活动", "my_activities", roles.is_delegate),
    Entry(
        "我的档案",
        "my_duty_file",
        roles.may_be_delegate,
        (
            Entry("我的履职档案", "my_duty_file", roles.may_be_delegate),
            Entry("更正申请", "correctionrequest_list", roles.may_be_delegate),
        ),
    ),
    Entry(
        "代表",
        "delegate_list",
        lambda user: roles.reads_all(user) or roles.is_delegate(user),
        (
            Entry(
                "代表名册",
                "delegate_list",
                lambda user: roles.reads_all(user) or roles.is_delegate(user),
            ),
            Entry("履职档案", "duty_files", roles.reads_duty_files),
            Entry("代表资格", "mandate_list", roles.reads_all),
            Entry(
                "表彰",
                "honour_list",
                lambda user: roles.reads_all(user) or roles.is_delegate(user),
            ),
            Entry("名册打印导出", "delegate_roll", roles.reads_all),
            Entry("代表结构", "delegate_structure", roles.reads_all),
            Entry("履职公示", "publication_list", roles.reads_all),
            Entry("履职积分", "scores", roles.reads_all),
            Entry("更正申请", "correctionrequest_list", roles.keeps_records),
            Entry("疑似重复", "duplicates", roles.keeps_records),
        ),
    ),
    Entry(
        "小组与活动室",
        "delegategroup_list",
        roles.reads_group_work,
        (
            Entry("代表小组", "delegategroup_list", roles.reads_group_work),
            Entry("小组成员", "membership_list", roles.reads_all),
            Entry("履职档案", "duty_files", roles.leads_group),
            Entry("活动室", "activityroom_list", roles.reads_group_work),
            Entry("小组划分", "division_list", roles.reads_all),
            Entry("活动室检查", "roomcheck_list", roles.reads_group_work),
            Entry("活动室建设情况", "room_report", roles.reads_group_work),
        ),
    ),
    Entry(
        "述职",
        "dutyreport_list",
        lambda user: roles.reads_group_work(user) or roles.is_delegate(user),
    ),
    Entry(
        "会议与文件",
        "session_list",
        roles.reads_group_work,
        (
            Entry("会议", "session_list", roles.reads_group_work),
            Entry("议案", "bill_list", roles.reads_group_work),
            Entry("代表建议", "suggestion_list", roles.reads_group_work),
            Entry("办理情况报告", "handlingreport_list", roles.reads_group_work),
            Entry("县人代会准备", "countyproposal_list", roles.reads_group_work),
            Entry("选举", "election_list", roles.reads_group_work),
            Entry("文件", "document_list", roles.reads_documents),
            Entry("文号登记", "document_numbers", roles.reads_all),
        ),
    ),
    Entry(
        "议案和建议",
        "suggestion_list",
        roles.is_delegate,
        (
            Entry("代表建议", "suggestion_list", roles.is_delegate),
            Entry("建议稿", "suggestiondraft_list", roles.is_delegate),
            Entry("议案", "bill_list", roles.is_delegate),
            Entry("办理情况报告", "handlingreport_list", roles.is_delegate),
            Entry("县人代会准备", "countyproposal_list", roles.is_delegate),
        ),
    ),
    Entry("文件", "document_list", roles.is_delegate),
    Entry("工作报告", "report_list", roles.reads_all),
    Entry(
        "设置",
        "township",
        roles.reads_all,
        (
            Entry("乡镇概况", "township", roles.reads_all),
            Entry("测评口径", "ballotscale_list", roles.reads_all),
            Entry("积分办法", "scorerules_list", roles.reads_all),
            Entry("届次", "term_list", roles.reads_all),
            Entry("放假和调休", "specialday_list", roles.reads_all),
            Entry("村", "village_list", roles.reads_all),
            Entry("选区", "constituency_list", roles.reads_all),
            Entry("活动室建设项目", "roomitem_list", roles.reads_all),
            Entry("意见类别", "topic_list", roles.reads_all),
            Entry("承办单位", "handlingunit_list", roles.reads_all),
            Entry("答复模板", "replytemplate_list", roles.reads_all),
            Entry("工作交接", "handover", roles.reads_all),
            Entry("台账导入导出", "ledgers", roles.keeps_records),
            Entry("备份", "backupcheck_list", roles.runs_the_year),
        ),
    ),
    Entry("审计日志", "auditentry_list", roles.reads_log),
    Entry("账号", "user_list", roles.keeps_accounts),
    Entry("备份", "backupcheck_list", roles.keeps_accounts),
)

#: The four places each role uses most, for the bar at the foot of a phone.
FOOT_BAR = {
    Role.OFFICE: ("dashboard", "visit_list", "feedbackitem_list", "activity_list"),
    Role.SECRETARY: ("dashboard", "visit_list", "feedbackitem_list", "report_list"),
    Role.CHAIR: ("dashboard", "feedbackitem_list", "activity_list", "report_list"),
    Role.LEADER: ("dashboard", "activity_list", "visit_list", "feedbackitem_list"),
    Role.UNIT: ("dashboard", "feedbackitem_list"),
    Role.DELEGATE: ("dashboard", "my_activities", "my_duty_file", "calendar"),
    Role.AUDITOR: ("dashboard", "auditentry_list"),
    Role.ADMINISTRATOR: ("dashboard", "user_list", "backupcheck_list"),
}


#: The addresses of entries do not change while the process lives.
_address = functools.cache(reverse)


def _open_page(path: str, entries: list[Entry]) -> Entry | None:
    """The one that is open: the longest address, as one page may lie below another."""
    above = [
        entry
        for entry in entries
        if path == (address := _address(entry.url_name))
        or (address != "/" and path.startswith(address))
    ]
    return max(above, key=lambda entry: len(_address(entry.url_name)), default=None)


def _entries_for(user, path: str) -> list[dict]:
    entries = []
    for entry in ENTRIES:
        if not entry.allowed(user):
            continue
        pages = [page for page in entry.pages if page.allowed(user)]
        open_page = _open_page(path, [*pages, entry])
        current = open_page is not None
        entries.append(
            {
                "label": entry.label,
                "url": _address(entry.url_name),
                "name": entry.url_name,
                "current": current,
                "pages": [
                    {
                        "label": page.label,
                        "url": _address(page.url_name),
                        "current": page == open_page,
                    }
                    for page in pages
                ]
                if current
                else [],
            }
        )
    return entries


def navigation(request) -> dict:
    """Context of every page: township, the office's day, and the entries the user may open.

    Made when a template asks for it: a page that refuses shows none of it.
    """
    context = {"township": SimpleLazyObject(Township.objects.first), "today": today()}
    user = request.user
    if not user.is_authenticated:
        return context
    entries = SimpleLazyObject(lambda: _entries_for(user, request.path))

    def foot_bar():
        by_name = {entry["name"]: entry for entry in entries}
        return [by_name[name] for name in FOOT_BAR[user.role] if name in by_name]

    return context | {
        "navigation": entries,
        "foot_bar": SimpleLazyObject(foot_bar),
        "idle_seconds": settings.IDLE_SECONDS,
    }
