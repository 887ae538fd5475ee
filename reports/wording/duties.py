"""Reception of voters, what became of their opinions, and duty reports (S08–S12)."""

from congress.numerals import listing, percent
from reports.figures import ReportFigures
from reports.figures.reception import GroupReception
from reports.marks import linked, numbers_linked

from .phrases import all_or_some, counted, first_few, since, so_far, subject

#: How a result is told, by the best grade of the scale; of all others 选民测评结果为.
_VERDICTS = {"满意": "选民对此"}
OTHER = ("其他", "其它")


def reception_rule(figures: ReportFigures) -> str:
    """The reception day, where the delegates have received voters."""
    if not figures.reception.days_held:
        return ""
    congress, day = figures.institution.congress, figures.institution.reception_day
    rule = f"每个月{linked(day, 'township')}日为代表接待选民日"
    if figures.scope.group:
        return f"按照{congress}安排，原则上{rule}，由小组内的代表轮流参加。"
    turn = "代表小组内的人大代表" if figures.groups.groups else "人大代表"
    return f"{congress}确定原则上{rule}，由{turn}轮流参加。"


def reception_result(figures: ReportFigures, *, in_round_figures: bool) -> str:
    """Delegates (名), visitors (人次) and opinions (条), with their topics."""
    reception, feedback = figures.reception, figures.feedback
    if not (reception.delegates or reception.persons):
        return ""
    who = all_or_some([row.group for row in reception.by_group if _received(row)], figures)

    def count(number: int, figure: str) -> str:
        return counted(number, figure, in_round_figures=in_round_figures)

    clauses = []
    if reception.delegates:
        successively = "先后" if reception.dates > 1 else ""
        number = count(reception.delegates, "reception.delegates")
        clauses.append(f"{who}有{number}名代表{successively}参与接待了选民")
        who = ""
    if reception.persons:
        number = count(reception.persons, "reception.persons")
        clauses.append(f"{who}{_in_all(reception.persons)}接待选民{number}人次")
    if feedback.items:
        clauses.append(f"搜集意见建议{count(feedback.items, 'feedback.items')}条")
        clauses.append(_topics([name for name, _ in feedback.topics]))
    return f"{since(figures)}，{'，'.join(filter(None, clauses))}。"


def _received(row: GroupReception) -> bool:
    return bool(row.delegates or row.persons)


def _in_all(number: int) -> str:
    """共, where there is anything to add up."""
    return "共" if number > 1 else ""


def _topics(topics: list[str]) -> str:
    """By their names; 其他 says nothing and is only counted."""
    telling = [name for name in topics if name not in OTHER] or topics
    names = [numbers_linked(name, "topics") for name in telling]
    if len(topics) == 1:
        return f"涉及{names[0]}方面"
    number = linked(len(topics), "feedback.topics")
    return f"涉及{first_few(names, number, '个方面')}" if names else ""


def handling(figures: ReportFigures) -> str:
    """How items are handled, and 事事有回复、件件有落实 as far as the records bear it out.

    Below the threshold the rates stand in place of the claim, and nobody did anything 及时.
    """
    feedback = figures.feedback
    if not feedback.assigned:
        return ""
    answered, closed = feedback.rates["reply_past_due"], feedback.rates["closed_past_due"]
    due = answered.denominator
    worst = min(answered.numerator, closed.numerator)
    promptly, claim, rates = "及时", "", ""
    if not due:
        number = linked(feedback.replied, "feedback.replied")
        claim = f"，{so_far(figures)}已答复{number}条" if feedback.replied else ""
    elif due == 1:
        promptly = "及时" if answered.numerator else ""
        claim, rates = _of_the_one_due(figures)
    elif worst == due:
        claim = "，做到事事有回复、件件有落实"
    elif worst * 100 >= due * figures.institution.claim_percent:
        claim = "，基本做到事事有回复、件件有落实"
    else:
        promptly = ""
        rates = (
            f"{so_far(figures)}，已到办理期限的意见建议共{linked(due, 'feedback.past_due')}条，"
            f"答复率为{linked(percent(*answered), 'rate.reply_past_due')}，"
            f"办结率为{linked(percent(*closed), 'rate.closed_past_due')}。"
        )
    told = ""
    if feedback.group_told and feedback.voter_told:
        group = "小组" if figures.scope.group else "相关代表小组"
        told = f"，事情办理后，由交办单位{promptly}告知{group}和选民"
    passed_on = _passed_on(figures, promptly)
    return f"针对选民提出的问题，{subject(figures)}{passed_on}和责任人办理{told}{claim}。{rates}"


def _passed_on(figures: ReportFigures, promptly: str) -> str:
    """A single item needs no 梳理汇总."""
    several = figures.feedback.assigned > 1
    if figures.scope.group:
        told = f"{promptly}{'梳理汇总' if several else '反映'}"
        return f"{told}，由{figures.institution.congress}交相关单位"
    return f"{promptly}{'梳理汇总并' if several else ''}交由相关单位"


def _of_the_one_due(figures: ReportFigures) -> tuple[str, str]:
    """Of one item 事事、件件 would say too much: what became of it, as clause or as sentence."""
    feedback = figures.feedback
    answered, closed = feedback.rates["reply_past_due"], feedback.rates["closed_past_due"]
    state = "尚未答复"
    if answered.numerator:
        state = "已办结" if closed.numerator else "已答复"
    if feedback.assigned == 1 and answered.numerator:
        return f"，现{state}", ""
    number = linked(1, "feedback.past_due")
    return "", f"{so_far(figures)}，已到办理期限的意见建议有{number}条，{state}。"


def duty_reports(figures: ReportFigures) -> str:
    """Planned and held duty reports, and how the voters judged them."""
    duty, congress = figures.duty, figures.institution.congress
    if not duty.done:
        return ""
    plan = (
        f"依照{congress}{linked(figures.year, 'plan')}年活动计划安排，"
        f"今年{'小组' if figures.scope.group else ''}"
        f"{_in_all(duty.planned)}安排{linked(duty.planned, 'duty.planned')}名代表向原选区选民述职"
    )
    number = linked(duty.done, "duty.done")
    done = f"{_in_all(duty.done)}有{number}位代表向原选区选民进行了述职和测评"
    if duty.earlier:
        number = linked(duty.earlier + duty.done, "duty.to_date")
        total = f"累计{number}位" if duty.remaining else "已全部完成"
        held = f"{since(figures)}{done}，{total}"
    elif duty.remaining:
        held = f"{so_far(figures)}，{done}"
    elif duty.planned > 1:
        held = f"{so_far(figures)}，已全部进行了述职和测评"
    else:
        held = f"{so_far(figures)}，已进行了述职和测评"
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
    best_rate = linked(percent(duty.satisfied, duty.valid), "duty.best_rate")
    good_rate = linked(percent(duty.approved, duty.valid), "duty.approved_rate")
    return f"选民测评{best}率为{best_rate}，{good}率为{good_rate}"
