"""The picture of an item's life is the table of steps, nothing more and nothing less."""

import itertools
import re
from xml.etree import ElementTree

import pytest

from tests import factory
from voters.lifecycle import STEPS
from voters.lifecycle_diagram import arrows, boxes, diagram, rows
from voters.rates import RATES
from voters.states import State
from voters.views.item_help import MEANINGS

SVG = "{http://www.w3.org/2000/svg}"


def test_its_boxes_are_the_states():
    assert [box.column for box in boxes()] == list(range(len(State)))
    assert {box.state for box in boxes()} == set(State)
    assert [box.state.label for box in boxes()][:7] == [
        "登记",
        "交办",
        "签收",
        "办理中",
        "已答复",
        "已告知",
        "办结",
    ]


def test_its_arrows_are_the_steps_that_move_an_item():
    drawn = sorted(
        (step, source, arrow.target)
        for arrow in arrows()
        for step in arrow.steps
        for source in arrow.sources
    )
    table = sorted(
        (step.name, source, target)
        for step in STEPS.values()
        for source, target in step.leads.items()
        if source != target
    )

    assert drawn == table


def test_no_two_lines_meet():
    columns = {box.state: box.column for box in boxes()}
    laid = rows(arrows(), columns)

    assert sum(map(len, laid)) == len(arrows())
    for row in laid[1:]:
        spans = sorted(
            (min(places), max(places))
            for arrow in row
            if (places := [columns[state] for state in (*arrow.sources, arrow.target)])
        )
        assert all(left[1] < right[0] for left, right in itertools.pairwise(spans))
    assert [arrow.label for arrow in laid[0]] == [
        "交办",
        "签收",
        "办理进展",
        "答复",
        "告知",
        "办结",
    ]


def test_the_markup_draws_each_once_and_tells_it_in_words():
    markup = diagram().replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    root = ElementTree.fromstring(markup)

    states = {
        "".join(text.text for text in group.findall(f"{SVG}text")): group.get("class").split()[1:]
        for group in root.findall(f"{SVG}g")
        if group.get("class").startswith("life-state")
    }
    labels = [
        group.find(f"{SVG}text").text
        for group in root.findall(f"{SVG}g")
        if group.get("class").startswith("life-step")
    ]
    assert set(states) == {state.label for state in State}
    assert (states["退回"], states["办结"], states["登记"]) == (["due-soon"], ["done"], [])
    assert sorted(labels) == sorted(arrow.label for arrow in arrows())
    told = root.find(f"{SVG}desc").text
    assert told.startswith("登记经“交办”到交办；")
    assert len(re.findall("经“", told)) == len(arrows())


@pytest.mark.django_db
def test_the_help_page_tells_every_state_step_term_and_rate(delegate, logged_in):
    township = factory.make_township()
    township.return_limit_days, township.extension_limit = 8, 0
    township.save()

    page = logged_in(delegate).get("/items/help/")

    assert set(MEANINGS) == set(State)
    told = {step["label"]: step for step in page.context["steps"]}
    assert list(told) == [step.label for step in STEPS.values()]
    assert told["办结"] == {
        "label": "办结",
        "from": "已告知、当场答复",
        "to": "办结",
        "who": "人大办公室",
        "needs": "过程满意度或未告知选民的理由；结果满意度或未告知选民的理由",
    }
    assert told["催办"]["to"] == "状态不变"
    assert (told["批示意见"]["from"], told["批示意见"]["needs"]) == ("各种状态", "批示意见")
    text = page.content.decode()
    assert [rate.definition in text for rate in RATES.values()] == [True] * len(RATES)
    assert ["交办后8个工作日内" in text, "延期：不得延期。" in text] == [True, True]
