"""Lists and details of evaluations of units."""

from django.urls import reverse

from congress import roles
from congress.models import BallotScales
from congress.periods import today
from congress.privacy import texts_shown_to
from congress.record_pages import RecordPages
from congress.tables import Column
from voters.actions import may_add_comments, may_take_up
from voters.ballots import ABSTAINED, Tally
from voters.filters import UnitEvaluationFilter
from voters.forms import SecondVoteForm, UnitEvaluationForm
from voters.models import FeedbackItem, SecondVote, UnitEvaluation
from voters.models.evaluations import TOLD
from voters.unit_results import STAGES, result_of, second_vote_of, stage
from voters.views.second_votes import SecondVoteAdd, SecondVoteEdit


def _of_tally(word: str, scales: BallotScales):
    """Function of an evaluation: a word of its tally; empty until it was voted on."""

    def words(evaluation: UnitEvaluation) -> str:
        if not evaluation.is_voted:
            return ""
        return getattr(Tally(evaluation, scales.of(evaluation.activity.date.year)), word)

    return words


class UnitEvaluationPages(RecordPages):
    model = UnitEvaluation
    form_class = UnitEvaluationForm
    filter_class = UnitEvaluationFilter
    select_related = ("activity", "unit", "second_vote")
    measure = "个单位"
    may_read = staticmethod(roles.reads_group_work)
    when_empty = "还没有被评议单位。先添加类型为工作评议的活动，再在活动页面安排单位、登记票数。"
    columns = (
        Column("被评议单位", "unit", ("unit__name",), width=28),
        Column("评议活动", "activity", ("activity__date",), width=28),
        Column("评议日期", "activity.date", ("activity__date",), minor=True),
        Column("满意", "satisfied", ("satisfied",), numeric=True),
        Column("基本满意", "basically_satisfied", ("basically_satisfied",), numeric=True),
        Column("不满意", "dissatisfied", ("dissatisfied",), numeric=True),
        Column("报送日期", "reported_on", ("reported_on",), minor=True),
        Column("反馈日期", "fed_back_on", ("fed_back_on",), minor=True),
        Column("进展", stage, state_class=lambda evaluation: STAGES[stage(evaluation)]),
    )
    facts = (
        "activity",
        ("activity.date", "评议日期"),
        "unit",
        "head",
        "method",
        (stage, "进展"),
        *TOLD,
    )

    @classmethod
    def columns_for(cls, user):
        scales = BallotScales.load()
        *first, last = cls.columns
        return (
            *first,
            Column("最好等次率", _of_tally("best_rate", scales), numeric=True, minor=True),
            Column("测评结果", _of_tally("result", scales)),
            last,
        )

    @classmethod
    def related(cls, evaluation, user):
        items = FeedbackItem.objects.visible_to(user).with_clock(today())
        shown = {i.pk: i for i in items.filter(evaluation_comment__evaluation=evaluation)}
        may_edit = roles.keeps_records(user)
        texts_shown_to(user, [evaluation], "demands", "rectification")
        return {
            "result": result_of(evaluation, BallotScales.load()),
            "abstained": ABSTAINED,
            "may_keep": may_edit,
            "comments": [
                (each, shown.get(each.item_id), may_take_up(user, each))
                for each in texts_shown_to(user, evaluation.comments.all(), "text")
            ],
            "corrections": evaluation.corrections.select_related("user"),
        }

    @classmethod
    def may_delete(cls, user, evaluation):
        """One whose result was told stays, with what was said of it."""
        is_told = any(getattr(evaluation, field) for field in TOLD)
        return super().may_delete(user, evaluation) and not is_told

    @classmethod
    def buttons(cls, evaluation, user):
        found = [("全部单位结果", reverse("evaluation_results", args=[evaluation.activity_id]))]
        if not roles.keeps_records(user):
            return found
        ballots = reverse("evaluation_ballots", args=[evaluation.activity_id])
        if not evaluation.is_voted:
            return [*found, ("登记票数", ballots)]
        found += [
            ("更正票数", ballots),
            ("结果运用", reverse("unitevaluation_after", args=[evaluation.pk])),
        ]
        if may_add_comments(user, evaluation):
            found.append(("登记评议意见", reverse("unitevaluation_comments", args=[evaluation.pk])))
        second = second_vote_of(evaluation)
        if second:
            found.append(("更正复评", reverse("secondvote_edit", args=[second.pk])))
        else:
            address = f"{reverse('secondvote_add')}?evaluation={evaluation.pk}"
            found.append(("登记复评", address))
        return found


class SecondVotePages(RecordPages):
    """复评 is entered and corrected here; it is shown beside the first vote."""

    model = SecondVote
    form_class = SecondVoteForm
    select_related = ("evaluation__activity", "evaluation__unit")
    may_read = staticmethod(roles.keeps_records)
    without = frozenset({"list", "detail", "delete"})
    views = {"add": SecondVoteAdd, "edit": SecondVoteEdit}
