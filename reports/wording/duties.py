"""Reception of voters, what became of their opinions, and duty reports (S08–S12)."""

from congress.numerals import listing, percent
from reports.figures import ReportFigures
from reports.figures.reception import GroupReception

from .phrases import all_or_some, counted, first_few, since

#: How a result is told, by the best grade of the scale; of all others 选民测评结果为.
_VERDICTS = {"满意": "选民对此"}


def reception_rule(figures: ReportFigures) -> str:
    """The reception day, where the delegates have received voters."""
    if not figures.reception.days_held:
        return ""
    congress, day = figures.institution.congress, figures.institution.reception_day
    turn = "代表小组内的人大代表" if figures.groups.groups else "人大代表"
    return f"{congress}确定原则上每个月{day}日为代表接待选民日，由{turn}轮流参加。"


def reception_result(figures: ReportFigures, *, in_round_figures: bool) -> str:
    """Delegates (名), visitors (人次) and opinions (条), with their topics."""
    reception, feedback = figures.reception, figures.feedback
    if not (reception.delegates or reception.persons):
        return ""
    who = all_or_some([row.group for row in reception.by_group if _received(row)], figures)

    def count(number: int) -> str:
        return counted(number, in_round_figures=in_round_figures)

    clauses = []
    if reception.delegates:
        successively = "先后" if reception.dates > 1 else ""
        clauses.append(f"{who}有{count(reception.delegates)}名代表{successively}参与接待了选民")
        who = ""
    if reception.persons:
        clauses.append(f"{who}共接待选民{count(reception.persons)}人次")
    if feedback.items:
        clauses.append(f"搜集意见建议{count(feedback.items)}条")
        clauses.append(_topics([name for name, _ in feedback.topics]))
    return f"{since(figures)}，{'，'.join(filter(None, clauses))}。"


def _received(row: GroupReception) -> bool:
    return bool(row.delegates or row.persons)


def _topics(topics: list[str]) -> str:
    if len(topics) == 1:
        return f"涉及{topics[0]}方面"
    return f"涉及{first_few(topics, '个方面')}" if topics else ""


def handling(figures: ReportFigures) -> str:
    """How items are handled, and 事事有回复、件件有落实 as far as the records bear it out.

    Below the threshold the rates stand in place of the claim, and nobody did anything 及时.
    """
    feedback, congress = figures.feedback, figures.institution.congress
    if not feedback.assigned:
        return ""
    answered, closed = feedback.rates["reply_past_due"], feedback.rates["closed_past_due"]
    due = answered.denominator
    worst = min(answered.numerator, closed.numerator)
    promptly, claim, rates = "及时", "", ""
    if not due:
        claim = f"，截至目前已答复{feedback.replied}条" if feedback.replied else ""
    elif worst == due:
        claim = "，做到事事有回复、件件有落实"
    elif worst * 100 >= due * figures.institution.claim_percent:
        claim = "，基本做到事事有回复、件件有落实"
    else:
        promptly = ""
        rates = (
            f"截至目前，已到办理期限的意见建议共{due}条，"
            f"答复率为{percent(*answered)}，"
            f"办结率为{percent(*closed)}。"
        )
    told = ""
    if feedback.group_told and feedback.voter_told:
        told = f"，事情办理后，由交办单位{promptly}告知相关代表小组和选民"
    return (
        f"针对选民提出的问题，{congress}{promptly}梳理汇总并交由相关单位和责任人办理"
        f"{told}{claim}。{rates}"
    )


def duty_reports(figures: ReportFigures) -> str:
    """Planned and held duty reports, and how the voters judged them."""
    duty, congress = figures.duty, figures.institution.congress
    if not duty.done:
        return ""
    plan = (
        f"依照{congress}{figures.year}年活动计划安排，"
        f"今年共安排{duty.planned}名代表向原选区选民述职"
    )
    if duty.remaining:
        held = f"截至目前，共有{duty.done}位代表向原选区选民进行了述职和测评"
    elif duty.planned > 1:
        held = "截至目前，已全部进行了述职和测评"
    else:
        held = "截至目前，已进行了述职和测评"
    return f"{plan}，{held}，{_satisfaction(figures)}。"


def _satisfaction(figures: ReportFigures) -> str:
    """The first wording whose thresholds the votes reach; else the rates themselves.

    No wording where a majority of the voters at any one report was dissatisfied.
    """
    duty = figures.duty
    best, good = duty.grades[0], listing(duty.grades[:2], last="和")
    if not duty.rejected:
        for threshold in duty.thresholds:
            if (
                duty.satisfied * 100 >= duty.valid * threshold.best_percent
                and duty.approved * 100 >= duty.valid * threshold.approved_percent
            ):
                return f"{_VERDICTS.get(best, '选民测评结果为')}{threshold.wording}"
    return (
        f"选民测评{best}率为{percent(duty.satisfied, duty.valid)}，"
        f"{good}率为{percent(duty.approved, duty.valid)}"
    )
