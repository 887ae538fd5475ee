"""What single steps of an item fill in by themselves, and what they refuse beyond the table.

Each rule sees the item with the step's changes already on it, and before it reaches its new state.
"""

from voters.models import FeedbackItem
from voters.outcomes import COMMITTING
from voters.reply_text import open_places
from voters.states import NEWS, TAKING_OTHERS, VERDICT, Route, State

from .entering import enter_item
from .followers import take_over
from .proposing import require_in_office
from .sweep import Sweep, empty, refuse

#: Why no group is told of the answer to what delegates asked themselves.
TOLD_DIRECTLY = "直接答复提出的代表"


def assign(sweep: Sweep, item: FeedbackItem) -> None:
    """The unit's contact answers for it, and the township's terms set the deadline."""
    if item.is_wide and item.is_due_in_months and not sweep.note:
        refuse("按六个月办理的，请说明涉及面广、处理难度大的理由。", "note")
    if "responsible" not in sweep.changes or not item.responsible:
        item.responsible = item.lead_unit.contact if item.lead_unit else ""
    if item.lead_unit and not item.responsible:
        refuse("该单位没有登记联系人，请填写责任人。", "responsible")
    if item.lead_unit in sweep.changes.get("co_units", ()):
        refuse("主办单位不能同时是协办单位。", "co_units")
    item.assigned_on = sweep.today
    latest = sweep.deadlines.of(item, sweep.today).day
    item.due_on = sweep.changes.get("due_on") or latest
    if item.is_due_in_months and item.due_on > latest:
        refuse(
            f"{_kind(item)}须在交办后{sweep.deadlines.months(item)}个月内答复，不能晚于{latest}"
            f"{'' if item.is_wide else '；涉及面广、处理难度大的请勾选并说明理由'}。",
            "due_on",
        )
    item.extended_times = 0


def _kind(item: FeedbackItem) -> str:
    return "代表建议" if item.is_suggestion else "会议通过的事项"


def reassign(sweep: Sweep, item: FeedbackItem) -> None:
    assign(sweep, item)
    old_due = sweep.was(item, "extended_to") or sweep.was(item, "due_on")
    sweep.tell(item, f"原主办单位：{sweep.unit_before(item)}，原办理期限：{old_due}")


def answer_on_spot(sweep: Sweep, item: FeedbackItem) -> None:
    """Who was answered face to face, by the group's own delegates, has been told."""
    item.group_told_on = item.voter_told_on = item.replied_on
    item.group_told_how = item.told_by = "in_person"
    item.group_teller = item.voter_teller = sweep.user.name
    _refuse_open_places(item)


def _refuse_open_places(item: FeedbackItem) -> None:
    """A template that was not filled is no answer."""
    if places := open_places(item.reply):
        refuse(f"答复中还有没有补全的内容：{'、'.join(places)}，请补写或删去。", "reply")


def sign(sweep: Sweep, item: FeedbackItem) -> None:
    item.signed_by = item.signed_by or sweep.user.name


def send_back(sweep: Sweep, item: FeedbackItem) -> None:
    """“Not ours” names the right unit, every other return its reason; within the term only."""
    last_day = sweep.deadlines.last_day_to_return(item.assigned_on)
    if sweep.today > last_day:
        refuse(
            f"已过退回期限（交办后{sweep.deadlines.township.return_limit_days}个工作日，"
            f"截至{last_day}），请与人大办公室联系。"
        )
    if item.return_kind == FeedbackItem.ReturnKind.OTHER and not sweep.note:
        refuse("请写明退回的理由。", "note")
    item.returned_on = sweep.today
    if item.right_unit:
        sweep.tell(item, f"应由{item.right_unit}办理")


def keep(sweep: Sweep, item: FeedbackItem) -> None:
    """The time it was returned does not count."""
    away_since = sweep.was(item, "returned_on")
    if item.extended_to:
        item.extended_to = sweep.deadlines.resumed(item.extended_to, away_since, sweep.today)
    else:
        item.due_on = sweep.deadlines.resumed(item.due_on, away_since, sweep.today)
    sweep.tell(item, f"办理期限顺延至{item.deadline_day}")


def _may_extend(sweep: Sweep, item: FeedbackItem, until, field: str) -> None:
    limit = sweep.deadlines.township.extension_limit
    if item.extended_times >= limit:
        refuse(f"已延期{item.extended_times}次，按规定最多延期{limit}次，不能再延期。")
    before = sweep.was(item, "extended_to") or sweep.was(item, "due_on")
    if until <= before:
        refuse(f"须晚于现在的期限{before}。", field)
    if until < sweep.today:
        refuse("不能早于今天。", field)
    last_day = sweep.deadlines.last_extension(item)
    if last_day and until > last_day:
        months = sweep.deadlines.township.suggestion_wide_months
        refuse(f"{_kind(item)}最迟须在交办后{months}个月内答复，不能晚于{last_day}。", field)


def ask_extension(sweep: Sweep, item: FeedbackItem) -> None:
    if item.asked_until:
        _may_extend(sweep, item, item.asked_until, "asked_until")
        sweep.tell(item, f"申请延期至{item.asked_until}")


def extend(sweep: Sweep, item: FeedbackItem) -> None:
    if not item.extended_to:
        return
    _may_extend(sweep, item, item.extended_to, "extended_to")
    item.extended_times += 1
    sweep.tell(item, f"延期至{item.extended_to}")


def reply(sweep: Sweep, item: FeedbackItem) -> None:
    """B and C promise something by a day; a second answer starts with nobody told."""
    _refuse_open_places(item)
    promise, promised_on = (sweep.extras.get(name) for name in ("commitment", "promised_on"))
    if item.outcome in COMMITTING and not promise:
        refuse("结果类别为B、C的，请写明承诺事项。", "commitment")
    if promised_on and not promise:
        refuse("填写了承诺期限的，请写明承诺事项。", "commitment")
    if promise and not promised_on:
        refuse("写明了承诺事项的，请填写承诺期限。", "promised_on")
    if promise and promised_on < (item.replied_on or sweep.today):
        refuse("承诺期限不能早于答复日期。", "promised_on")
    if sweep.was(item, "state") == State.REOPENED:
        first = sweep.was(item, "voter_told_on") or sweep.was(item, "replied_on")
        if item.replied_on and item.replied_on < first:
            refuse(f"再次答复的日期不能早于选民得知原答复的日期{first}。", "replied_on")
    empty(item, (*NEWS, *VERDICT))


def inform(sweep: Sweep, item: FeedbackItem) -> None:
    """Group and voter are told separately; who tells is the user unless somebody else is named.

    What no voter asked is answered to the delegates themselves: no group need be told.
    """
    filled = ("group_told_on", "group_untold_reason", "voter_told_on", "voter_untold_reason")
    if not any(sweep.changes.get(name) for name in filled):
        refuse("请填写告知小组或告知选民的日期，确实无法告知的填写理由。", "voter_told_on")
    _voter_told(sweep, item)
    if item.asker == "代表" and not (item.group_told_on or item.group_untold_reason):
        item.group_untold_reason = TOLD_DIRECTLY
    if item.group_told_on:
        item.group_teller = item.group_teller or sweep.user.name
    else:
        empty(item, ("group_told_how", "group_teller"))


def _voter_told(sweep: Sweep, item: FeedbackItem) -> None:
    """How and by whom, if at all."""
    if not item.voter_told_on:
        empty(item, ("told_by", "voter_teller"))
    elif not item.told_by:
        refuse("告知选民的，请选择告知方式。", "told_by")
    else:
        item.voter_teller = item.voter_teller or sweep.user.name


def _worst(sweep: Sweep) -> str:
    return sweep.deadlines.township.grades[-1]


def close(sweep: Sweep, item: FeedbackItem) -> None:
    for name in ("process_satisfaction", "result_satisfaction"):
        if getattr(item, name) == _worst(sweep):
            instead = "转入交办" if item.route == Route.SPOT else "重新办理"
            refuse(f"选民{_worst(sweep)}的，请改用“{instead}”。", name)


def reopen(sweep: Sweep, item: FeedbackItem) -> None:
    if not item.voter_told_on:
        refuse("还没有告知选民的，请先办理“告知”。")
    if _worst(sweep) not in (item.process_satisfaction, item.result_satisfaction):
        refuse(f"过程或结果有一项为{_worst(sweep)}的，才重新办理。", "result_satisfaction")
    if not item.result_satisfaction:
        refuse("请填写结果满意度。", "result_satisfaction")
    if item.extended_to and item.extended_to < sweep.today:
        refuse("再办期限不能早于今天。", "extended_to")
    item.extended_times = 0
    why = item.dissatisfaction.rstrip("。")
    sweep.tell(item, f"{item.asker}不满意：{why}，再办期限{item.extended_to}")


def take_up(sweep: Sweep, item: FeedbackItem) -> None:
    sweep.tell(item, f"原当场答复：{sweep.was(item, 'reply')}")


def remind(sweep: Sweep, item: FeedbackItem) -> None:
    if (sweep.extras.get("answer_by") or sweep.today) < sweep.today:
        refuse("要求答复日期不能早于今天。", "answer_by")


def supervise(sweep: Sweep, item: FeedbackItem) -> None:
    item.supervised_on = item.supervised_on or sweep.today


def merge(sweep: Sweep, item: FeedbackItem) -> None:
    """Into one that is still to be answered and is nobody's follower itself."""
    if item.follows is None:
        return
    main = sweep.main
    if main.pk == item.pk:
        refuse("不能并入自己，请选另一条意见建议。", "follows")
    if main.state not in TAKING_OTHERS:
        refuse(f"{main.number}现在是“{main.get_state_display()}”，不能再并入。", "follows")
    if item.is_suggestion and not main.is_suggestion:
        refuse("代表建议只能并入另一条代表建议；可以反过来，把那一条并入这条代表建议。", "follows")
    if item.pk in sweep.leading:
        refuse("有其他意见建议并入这一条，请先撤销并案，或反过来并入。", "follows")
    empty(item, ("lead_unit", "responsible", "assigned_on", "due_on", "extended_to"))
    take_over(item, main)
    sweep.tell(item, f"并入{main.number}")


def reject(sweep: Sweep, item: FeedbackItem) -> None:
    _voter_told(sweep, item)


def suggest(sweep: Sweep, item: FeedbackItem) -> None:
    proposers = sweep.extras.get("proposers")
    if not proposers:
        refuse("请选择提出建议的代表。", "proposers")
    lead = sweep.extras.get("lead_proposer") or proposers[0]
    require_in_office([lead, *proposers], sweep.today, "proposers")
    suggestion = FeedbackItem(
        source=FeedbackItem.Source.DELEGATE,
        topic=item.topic,
        title=item.title,
        summary=item.summary,
        urgency=item.urgency,
        lead_proposer=lead,
    )
    item.follows = enter_item(user=sweep.user, item=suggestion, year=sweep.today.year)
    suggestion.proposers.set({lead, *proposers})
    sweep.tell(item, f"代表建议{suggestion.number}")


def escalate(sweep: Sweep, item: FeedbackItem) -> None:
    item.assigned_on = sweep.today
    item.extended_times = 0
    sweep.tell(item, f"上报至{item.escalated_to}")


RULES = {
    rule.__name__: rule
    for rule in (
        assign,
        reassign,
        answer_on_spot,
        sign,
        send_back,
        keep,
        ask_extension,
        extend,
        reply,
        inform,
        close,
        reopen,
        take_up,
        remind,
        supervise,
        merge,
        reject,
        suggest,
        escalate,
    )
}
